"""Chains by label setting, prices by LP, choice by CP-SAT: the engine for real sizes."""
