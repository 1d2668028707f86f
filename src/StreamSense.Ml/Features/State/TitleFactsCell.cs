using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.State;

/// <summary>What the catalogue says of the row's title, in numbers: so that a vector does not go to the catalogue for each candidate.</summary>
internal sealed class TitleFactsCell : StateCell
{
    /// <summary>When it was published, in Unix microseconds; 0 if that is not known.</summary>
    public const int Published = 0;

    /// <summary>The duration in microseconds; 0 if there is none.</summary>
    public const int Duration = 1;

    /// <summary>16 bits each, from the lowest: season + 1, episode + 1, type + 1, length + 1; 0 for none.</summary>
    public const int Numbers = 2;

    /// <summary>How many bits a number has.</summary>
    public const int Bits = 16;

    /// <summary>The bits of a number.</summary>
    public const long Mask = 0xffff;

    /// <inheritdoc/>
    public override int Words => 3;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => [];

    /// <summary>One of the numbers; -1 for none.</summary>
    public static int NumberOf(long word, int place) => (int)((word >> (place * Bits)) & Mask) - 1;

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other)
    {
    }

    /// <inheritdoc/>
    public override void Describe(Span<long> cell, CatalogueTitle title)
    {
        cell[Published] = title.Published is { } published ? published.UnixMicroseconds : 0;
        cell[Duration] = title.Duration is { } duration ? (long)duration.TotalMicroseconds : 0;
        cell[Numbers] = Pack(title.Season ?? -1, 0) | Pack(title.Episode ?? -1, 1)
            | Pack(title.Type == TitleType.None ? -1 : (int)title.Type, 2) | Pack(DimensionKeys.LengthOf(title), 3);
    }

    private static long Pack(int number, int place) => (long)Math.Clamp(number + 1, 0, ushort.MaxValue) << (place * Bits);
}
