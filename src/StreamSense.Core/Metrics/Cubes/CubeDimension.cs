namespace StreamSense.Core.Metrics.Cubes;

/// <summary>What the sessions of a cube can be grouped by.</summary>
public enum CubeDimension : byte
{
    /// <summary>The title.</summary>
    Title = 0,

    /// <summary>The type of the title, by the catalogue.</summary>
    Type = 1,

    /// <summary>The genres of the title, by the catalogue; a session counts once in each.</summary>
    Genre = 2,

    /// <summary>The series of the title, by the catalogue.</summary>
    Series = 3,

    /// <summary>The plan of the viewer, else of the household, when the attempt began.</summary>
    Plan = 4,

    /// <summary>The segment of the viewer, by the host's word.</summary>
    Segment = 5,

    /// <summary>The country.</summary>
    Country = 6,

    /// <summary>The autonomous system.</summary>
    Asn = 7,

    /// <summary>The CDN in force at the end.</summary>
    Cdn = 8,

    /// <summary>The kind of device.</summary>
    DeviceKind = 9,

    /// <summary>The app and its version.</summary>
    App = 10,
}
