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
}
