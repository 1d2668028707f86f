namespace StreamSense.Core.Ingest;

/// <summary>How a body is cut into pieces that are read one at a time.</summary>
public enum RecordFraming : byte
{
    /// <summary>A line, ended by LF or CRLF; empty lines are none.</summary>
    Lines = 0,

    /// <summary>A JSON value, with white space or nothing between two; elements of an outermost array are pieces of their own.</summary>
    JsonValues = 1,
}
