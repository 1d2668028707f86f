namespace StreamSense.AspNetCore.Requests;

/// <summary>How the reading of a request's body ended.</summary>
internal enum BodyOutcome : byte
{
    /// <summary>The whole body was read.</summary>
    Complete = 0,

    /// <summary>The body is larger than the limit; what was read up to it has been handed on.</summary>
    TooLarge = 1,

    /// <summary>The connection ended, or the body broke its framing, before its end; what was read has been handed on.</summary>
    Cut = 2,
}
