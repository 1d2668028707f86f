using System.Runtime.InteropServices;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads collaborative models of one kind, with their titles.</summary>
/// <param name="kind">The kind: the name of the model.</param>
/// <param name="write">Writes the model's section.</param>
/// <param name="read">Reads it; is given the number of items.</param>
internal sealed class TitleModelCodec(
    string kind, Action<IInteractionModel, ModelSectionWriter> write, Func<int, ModelSectionReader, IInteractionModel> read)
    : IModelCodec<TitleModel>
{
    private const string TitlesSection = "titles";
    private const string ModelSection = "model";

    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public void Write(TitleModel model, ModelFileBuilder file)
    {
        ModelSectionWriter titles = file.Section(TitlesSection);
        titles.WriteInt32(model.Titles.Length);
        foreach (string title in model.Titles)
        {
            titles.WriteText(title);
        }

        write(model.Model, file.Section(ModelSection));
    }

    /// <inheritdoc/>
    public TitleModel Read(ModelFile file)
    {
        ModelSectionReader from = file.Section(TitlesSection);
        var titles = new string[from.ReadCount(sizeof(int))];
        for (int i = 0; i < titles.Length; i++)
        {
            titles[i] = from.ReadText();
        }

        from.End();
        from = file.Section(ModelSection);
        IInteractionModel model = read(titles.Length, from);
        from.End();
        return new TitleModel(model, ImmutableCollectionsMarshal.AsImmutableArray(titles));
    }
}
