"""The live log: who had the floor, and the points that were made, by topic and by view.

Always true: an id made on the device is written once, however often it is sent; a point belongs to
one intervention and at most one view; what was said is for the secretariat's eyes only.
"""
