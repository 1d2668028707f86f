namespace StreamSense.Ml.Features;

/// <summary>What else than persons and titles features are kept by.</summary>
public enum FeatureDimension : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The country.</summary>
    Country = 1,

    /// <summary>The kind of device.</summary>
    DeviceKind = 2,

    /// <summary>The CDN.</summary>
    Cdn = 3,

    /// <summary>The app.</summary>
    App = 4,

    /// <summary>The internet provider.</summary>
    Isp = 5,

    /// <summary>The source.</summary>
    Source = 6,

    /// <summary>The surface.</summary>
    Surface = 7,

    /// <summary>The first of the viewer's segments.</summary>
    Segment = 8,

    /// <summary>The length of the title, in half octaves of minutes.</summary>
    Length = 9,
}
