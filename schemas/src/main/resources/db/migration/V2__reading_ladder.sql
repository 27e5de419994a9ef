-- Where more than one rung of the reading ladder was asked about a plate, what each made of it.

ALTER TABLE plates
    ADD COLUMN rung_reads    jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(rung_reads) = 'array'),
    ADD COLUMN read_decision text;
COMMENT ON COLUMN plates.rung_reads    IS 'Array of {reader, text, score}, the local rung first; empty where it alone was asked.';
COMMENT ON COLUMN plates.read_decision IS 'Why plate_text holds among the rung_reads; null where only one rung was asked.';
