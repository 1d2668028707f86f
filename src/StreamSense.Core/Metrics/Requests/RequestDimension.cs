namespace StreamSense.Core.Metrics.Requests;

/// <summary>What requests are grouped by.</summary>
internal enum RequestDimension : byte
{
    /// <summary>All of them.</summary>
    None = 0,

    /// <summary>The CDN.</summary>
    Cdn = 1,

    /// <summary>The autonomous system of the viewer.</summary>
    Asn = 2,

    /// <summary>The country.</summary>
    Country = 3,

    /// <summary>What was asked for: video, audio, a manifest.</summary>
    ObjectType = 4,
}
