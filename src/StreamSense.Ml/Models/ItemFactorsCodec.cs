using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads titles as vectors.</summary>
internal sealed class ItemFactorsCodec : IModelCodec<ItemFactors>
{
    private const string TitlesSection = "titles";
    private const string ValuesSection = "factors";

    /// <inheritdoc/>
    public string Kind => ModelKinds.ItemFactors;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public void Write(ItemFactors model, ModelFileBuilder file)
    {
        ModelSectionWriter titles = file.Section(TitlesSection);
        titles.WriteInt32(model.Titles.Length);
        titles.WriteTitles(model.Titles.AsSpan());
        ModelSectionWriter values = file.Section(ValuesSection);
        values.Reserve(sizeof(int) + ((long)model.Values.Length * sizeof(float)));
        values.WriteInt32(model.Dimensions);
        values.WriteSingles(model.Values.AsSpan());
    }

    /// <inheritdoc/>
    public ItemFactors Read(ModelFile file)
    {
        ModelSectionReader from = file.Section(TitlesSection);
        ImmutableArray<TitleId> titles = from.ReadTitles(from.ReadCount(sizeof(ulong)));
        from.End();
        from = file.Section(ValuesSection);
        int dimensions = from.ReadInt32();
        if (dimensions < 1 || (long)titles.Length * dimensions * sizeof(float) != from.Remaining)
        {
            throw from.Damaged($"{titles.Length} titles of {dimensions} dimensions do not take {from.Remaining} bytes");
        }

        return new ItemFactors(titles, dimensions, from.ReadSingles(titles.Length * dimensions));
    }
}
