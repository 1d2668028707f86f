namespace StreamSense.Core.Tests.Sources;

/// <summary>What can happen in a view.</summary>
internal enum FactKind
{
    Request,
    Start,
    BufferStart,
    BufferEnd,
    SeekStart,
    SeekEnd,
    Pause,
    Resume,
    Bitrate,
    Beat,
    Error,
    Completed,
    Quit,
    Segment,
}
