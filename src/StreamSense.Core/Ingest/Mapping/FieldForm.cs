namespace StreamSense.Core.Ingest.Mapping;

/// <summary>What reading a field gave.</summary>
internal enum FieldForm : byte
{
    /// <summary>There is no value.</summary>
    Absent,

    /// <summary>A text, without quotes and escapes.</summary>
    Text,

    /// <summary>A value that is JSON already.</summary>
    Json,

    /// <summary>The record is refused.</summary>
    Failed,
}
