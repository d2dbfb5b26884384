"""Spilleregler: who may do what, when. Pure: no clock, no database, no request."""
