namespace StreamSense.Core.Ingest;

/// <summary>At which step of the door a record failed.</summary>
public enum IngestStage : byte
{
    /// <summary>Cutting the body into records.</summary>
    Split = 0,

    /// <summary>Reading the record's syntax and fields.</summary>
    Decode = 1,

    /// <summary>Handing the event on.</summary>
    Write = 2,

    /// <summary>Saying in canonical terms what the record of another format says.</summary>
    Translate = 3,

    /// <summary>Judging the event in its shard: lateness.</summary>
    Admission = 4,
}
