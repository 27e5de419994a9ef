-- Records of CoroNet's form: a picture, its plate, and what its sender wrote. The job neither reads nor writes them.

CREATE TABLE registros (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    matricula     text NOT NULL,
    propietario   text NOT NULL,
    tipo_vehiculo text NOT NULL,
    observacion   text NOT NULL,
    imagen        text NOT NULL UNIQUE,
    upload_id     bigint REFERENCES uploads ON DELETE SET NULL
);
CREATE INDEX registros_by_upload ON registros (upload_id);
COMMENT ON TABLE registros IS 'Vehicles registered by hand in the form of CoroNet; kept until somebody deletes them.';
COMMENT ON COLUMN registros.matricula IS 'The plate of the nearest vehicle, at most 10 of A-Z, 0-9 and hyphens; NO_DETECTADA where none was read.';
COMMENT ON COLUMN registros.imagen IS 'The name that the picture of the upload has here.';
COMMENT ON COLUMN registros.upload_id IS 'Null where the upload is gone, and its picture with it.';

-- Credits are counted for every picture from here on.
UPDATE api_usage SET credits = calls WHERE credits = 0;
