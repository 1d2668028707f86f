namespace StreamSense.Core.Ingest.Mapping;

/// <summary>How a source is written.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record SourceForm
{
    public bool IsJson { get; init; }

    /// <summary>JSON: a record a line, rather than values that stand anywhere.</summary>
    public bool IsLines { get; init; }

    /// <summary>JSON: the way to the array of records in a document; null if a document is a record.</summary>
    public JsonPathTree? Records { get; init; }

    /// <summary>How the way to the records is spelled, for messages.</summary>
    public string RecordsPath { get; init; } = "";

    /// <summary>What stands between two cells.</summary>
    public byte[] Delimiter { get; init; } = [(byte)','];

    /// <summary>Whether several delimiters in a row are one, and those at the ends none.</summary>
    public bool Collapse { get; init; }

    /// <summary>The quote; 0 for none.</summary>
    public byte Quote { get; init; }

    /// <summary>Whether a quoted cell may go on in the next line.</summary>
    public bool Multiline { get; init; }

    /// <summary>Whether the first line names the columns.</summary>
    public bool Header { get; init; }

    /// <summary>The names of the columns; empty if the header, or nobody, says them.</summary>
    public string[] Columns { get; init; } = [];

    /// <summary>Whether a row may have more or fewer cells than there are columns.</summary>
    public bool Ragged { get; init; }

    /// <summary>Whether white space around a cell is no part of it.</summary>
    public bool Trim { get; init; }

    /// <summary>How a line begins that is no row; empty for none.</summary>
    public byte[] Comment { get; init; } = [];

    /// <summary>How many lines to pass over first; empty ones are not counted.</summary>
    public int Skip { get; init; }

    /// <summary>The texts that mean that there is no value.</summary>
    public byte[][] Nulls { get; init; } = [];

    /// <summary>The decimal mark of numbers.</summary>
    public byte DecimalMark { get; init; } = (byte)'.';

    public bool IsNull(ReadOnlySpan<byte> text)
    {
        foreach (byte[] absent in Nulls)
        {
            if (text.SequenceEqual(absent))
            {
                return true;
            }
        }

        return false;
    }
}
