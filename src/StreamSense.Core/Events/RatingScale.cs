namespace StreamSense.Core.Events;

/// <summary>The scale of a rating.</summary>
public enum RatingScale : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>One to five stars.</summary>
    Stars5 = 1,

    /// <summary>One to ten stars.</summary>
    Stars10 = 2,

    /// <summary>0 is down, 1 is up.</summary>
    Thumbs = 3,

    /// <summary>0 to 100.</summary>
    Percent = 4,

    /// <summary>From the given minimum to the given maximum.</summary>
    Range = 5,
}
