"""How often each collection is seen, and at what size its photos are kept in the pack."""

from plateflow_training.detectors import plate_samples, vehicle_samples

# The sets that came later label small and half-hidden vehicles.
VEHICLE_SHARES = {
    **vehicle_samples.COLLECTION_SHARES,
    "bd_roads": 0.14,
    "id_toll": 0.04,
    "drawn": vehicle_samples.DRAWN_SHARE,
}
PLATE_SHARES = {
    **plate_samples.COLLECTION_SHARES,
    "id_moto": 0.06,
    "in_photos": 0.05,
    "drawn": plate_samples.DRAWN_SHARE,
}
# Long side in pixels, as much as the size of a pack allows. Vehicles are looked for at 384 pixels, plates in larger
# views.
LONG_SIDES = {
    "galaxy": 640,
    "id_vehicles": 320,
    "oi_vehicles": 320,
    "cctv_atl": 448,
    "bd_roads": 416,
    "id_toll": 448,
    "id_plates": 384,
    "id_photos": 384,
    "mix433": 448,
    "ro_dashcam": 640,
    "id_moto": 512,
    "in_photos": 448,
}
