namespace StreamSense.Ml.Features.State;

/// <summary>The values of an attribute of the row's title: hashes of 32 bits, 0 behind the last.</summary>
internal sealed class TitleAttributesCell(FeatureAttribute attribute) : StateCell
{
    /// <summary>How many words the hashes take.</summary>
    public const int WordCount = TitleAttributes.Most / 2;

    /// <inheritdoc/>
    public override int Words => WordCount;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => [];

    /// <summary>Which attribute.</summary>
    public FeatureAttribute Attribute => attribute;

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
        cell.Clear();
        Span<uint> values = stackalloc uint[TitleAttributes.Most];
        int count = TitleAttributes.Read(title, attribute, values);
        for (int i = 0; i < count; i++)
        {
            cell[i / 2] |= (long)((ulong)values[i] << (i % 2 * 32));
        }
    }
}
