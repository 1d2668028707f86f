using System.Collections.Immutable;

namespace StreamSense.Ml.Features.State;

/// <summary>The attributes of titles as hashes of 32 bits.</summary>
internal static class TitleAttributes
{
    /// <summary>How many values of an attribute count.</summary>
    public const int Most = 8;

    /// <summary>Reads the values of an attribute.</summary>
    /// <param name="title">The title.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="values">Room for <see cref="Most"/> hashes.</param>
    /// <returns>How many there are.</returns>
    public static int Read(CatalogueTitle? title, FeatureAttribute attribute, Span<uint> values)
    {
        if (title is null)
        {
            return 0;
        }

        return attribute switch
        {
            FeatureAttribute.Genre => Read(title.Genres, values),
            FeatureAttribute.Mood => Read(title.Moods, values),
            FeatureAttribute.Cast => Read(title.Cast, values),
            FeatureAttribute.Language => Read(title.Languages, values),
            FeatureAttribute.Series => Set(title.Series.Value, values),
            FeatureAttribute.Title => Set(title.Id.Value, values),
            FeatureAttribute.Type => Set((ulong)title.Type, values),
            _ => Set(NameHash.Of(title.Maturity), values),
        };
    }

    private static int Read(ImmutableArray<string> names, Span<uint> values)
    {
        int count = Math.Min(names.Length, Most);
        for (int i = 0; i < count; i++)
        {
            values[i] = NameHash.Short(NameHash.Of(names[i]));
        }

        return count;
    }

    private static int Set(ulong id, Span<uint> values)
    {
        values[0] = NameHash.Short(id);
        return id == 0 ? 0 : 1;
    }
}
