using System.Collections.Immutable;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads, for each title, those that go with it.</summary>
internal sealed class ItemNeighboursCodec : IModelCodec<ItemNeighbours>
{
    private const string TitlesSection = "titles";
    private const string NeighboursSection = "neighbours";

    /// <inheritdoc/>
    public string Kind => ModelKinds.ItemNeighbours;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public void Write(ItemNeighbours model, ModelFileBuilder file)
    {
        ModelSectionWriter titles = file.Section(TitlesSection);
        titles.WriteInt32(model.Titles.Length);
        titles.WriteTitles(model.Titles.AsSpan());
        ModelSectionWriter neighbours = file.Section(NeighboursSection);
        neighbours.Reserve(((long)model.Starts.Length * sizeof(int)) + ((long)model.Neighbours.Length * (sizeof(int) + sizeof(float))));
        neighbours.WriteInt32s(model.Starts.AsSpan());
        neighbours.WriteInt32s(model.Neighbours.AsSpan());
        neighbours.WriteSingles(model.Weights.AsSpan());
    }

    /// <inheritdoc/>
    public ItemNeighbours Read(ModelFile file)
    {
        ModelSectionReader from = file.Section(TitlesSection);
        ImmutableArray<TitleId> titles = from.ReadTitles(from.ReadCount(sizeof(ulong)));
        from.End();
        from = file.Section(NeighboursSection);
        int[] starts = from.ReadInt32s(titles.Length + 1);
        if ((long)starts[^1] * (sizeof(int) + sizeof(float)) != from.Remaining)
        {
            throw from.Damaged($"{starts[^1]} neighbours do not take {from.Remaining} bytes");
        }

        int[] neighbours = from.ReadInt32s(starts[^1]);
        float[] weights = from.ReadSingles(neighbours.Length);
        return new ItemNeighbours(
            titles,
            ImmutableCollectionsMarshal.AsImmutableArray(starts),
            ImmutableCollectionsMarshal.AsImmutableArray(neighbours),
            ImmutableCollectionsMarshal.AsImmutableArray(weights));
    }
}
