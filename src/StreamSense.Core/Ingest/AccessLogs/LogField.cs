namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What of a log's line is read.</summary>
internal enum LogField : byte
{
    // A field that nobody reads.
    None,
    Timestamp,
    Date,
    TimeOfDay,
    Address,
    UserAgent,
    Uri,
    Query,
    Status,
    Bytes,
    TimeTaken,
    TimeToFirstByte,
    CacheStatus,
    EdgeResult,
    EdgeResponseResult,
    EdgeRequest,
    Country,
    Asn,
    CmcdRequest,
    CmcdObject,
    CmcdSession,
    CmcdStatus,
    EncodedBitrate,
    BufferLength,
    BufferStarvation,
    ContentId,
    ObjectDuration,
    MeasuredThroughput,
    ObjectType,
    SessionId,
    Startup,

    // How many there are.
    Count,
}
