namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The request headers of CMCD: how often their values change decides which key goes where.</summary>
public enum CmcdHeader : byte
{
    /// <summary><c>CMCD-Object</c>: changes with the object requested.</summary>
    Object = 0,

    /// <summary><c>CMCD-Request</c>: changes with each request.</summary>
    Request = 1,

    /// <summary><c>CMCD-Session</c>: does not change during a session.</summary>
    Session = 2,

    /// <summary><c>CMCD-Status</c>: changes neither with each request nor with the object.</summary>
    Status = 3,
}
