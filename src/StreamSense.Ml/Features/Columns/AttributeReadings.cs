using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>How the rules that match attributes make a person's weights.</summary>
internal sealed class AttributeReadings(TablePlan titles, Catalogue catalogue)
{
    /// <summary>The weights of an affinity; divided by the sum of all of them by size.</summary>
    public static double Affinity(FillScratch scratch, AttributeWeights weights, TablePlan table, FadingMap cell)
    {
        ReadOnlySpan<long> words = scratch.BlockOf(table).Row.AsSpan(cell.Offset, cell.Words);
        double all = FadingMap.EverythingOf(words);
        for (int slot = 0; slot < cell.Slots && all > 0; slot++)
        {
            ulong key = cell.KeyOf(words, slot);
            if (key != 0)
            {
                weights.Add((uint)key, FadingMap.WeightOf(words, slot));
            }
        }

        return all > 0 ? all : double.NaN;
    }

    /// <summary>How many of the titles taken last have each attribute; divided by how many of them are described.</summary>
    public double Similarity(
        FillScratch scratch, AttributeWeights weights, TablePlan table, RecentCell cell, TitleAttributesCell attributes)
    {
        ReadOnlySpan<long> words = scratch.BlockOf(table).Row.AsSpan(cell.Offset, cell.Words);
        Span<uint> values = stackalloc uint[TitleAttributes.Most];
        int known = 0;
        for (int i = 0; i < cell.Last && words[i] != 0; i++)
        {
            int count = Read(new TitleId((ulong)words[i]), attributes, values);
            for (int k = 0; k < count; k++)
            {
                weights.Add(values[k], 1);
            }

            known += count > 0 ? 1 : 0;
        }

        return known > 0 ? known : double.NaN;
    }

    private int Read(TitleId title, TitleAttributesCell attributes, Span<uint> values)
    {
        Span<long> row = stackalloc long[titles.HotWords];
        if (!titles.Rows.TryRead(title.Value, row))
        {
            return TitleAttributes.Read(catalogue.Find(title), attributes.Attribute, values);
        }

        int count = 0;
        foreach (long pair in row.Slice(attributes.Offset, TitleAttributesCell.WordCount))
        {
            if ((uint)pair != 0)
            {
                values[count++] = (uint)pair;
            }

            if ((uint)(pair >> 32) != 0)
            {
                values[count++] = (uint)(pair >> 32);
            }
        }

        return count;
    }
}
