namespace StreamSense.Ml.Features;

/// <summary>Whose memory a feature is read from.</summary>
public enum FeatureScope : byte
{
    /// <summary>The title's: the same for all viewers.</summary>
    Title = 0,

    /// <summary>The viewer's: the same for all titles of a request; missing without consent to personalisation.</summary>
    Viewer = 1,

    /// <summary>The viewer's of the title; missing without consent to personalisation.</summary>
    ViewerTitle = 2,

    /// <summary>The household's; missing without consent to personalisation.</summary>
    Household = 3,

    /// <summary>The device's; missing without consent to personalisation.</summary>
    Device = 4,

    /// <summary>The view's under way; missing without consent to personalisation.</summary>
    View = 5,

    /// <summary>The title's among those of one country, kind of device or other <see cref="FeatureDimension"/>.</summary>
    TitleSegment = 6,

    /// <summary>That of one value of a <see cref="FeatureDimension"/>, for example of a CDN.</summary>
    Dimension = 7,

    /// <summary>That of everything.</summary>
    Global = 8,

    /// <summary>Nobody's: the request tells it.</summary>
    Request = 9,
}
