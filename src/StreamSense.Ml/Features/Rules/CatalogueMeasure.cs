namespace StreamSense.Ml.Features.Rules;

/// <summary>What a <see cref="CatalogueRule"/> reads.</summary>
public enum CatalogueMeasure : byte
{
    /// <summary><c>2^(-age / half-life)</c> since the title was published: from 0 to 1.</summary>
    Freshness = 0,

    /// <summary>Days since the title was published.</summary>
    AgeDays = 1,

    /// <summary>The duration in minutes.</summary>
    DurationMinutes = 2,

    /// <summary>The season.</summary>
    Season = 3,

    /// <summary>The episode.</summary>
    Episode = 4,

    /// <summary>The kind of content, as a number of <see cref="Core.Events.TitleType"/>: a category.</summary>
    Type = 5,
}
