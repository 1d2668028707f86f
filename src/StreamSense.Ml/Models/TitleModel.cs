using System.Collections.Frozen;
using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Models;

/// <summary>A collaborative model together with the titles that its item numbers stand for.</summary>
/// <remarks>
/// Titles are kept by the names of the catalogue, which are nobody's data. Of users nothing is kept but what the model has of them: a
/// file of a model with users' vectors has their tastes in it, though no id; <see cref="WithoutUsers"/> leaves them out. Immutable, and
/// safe for many threads.
/// </remarks>
public sealed class TitleModel
{
    private readonly FrozenDictionary<TitleId, int> _items;

    /// <summary>Puts a model and its titles together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="titles">The catalogue id of each item, each once.</param>
    /// <exception cref="ArgumentException">There is not one title for each item, or one is empty or there twice.</exception>
    public TitleModel(IInteractionModel model, ImmutableArray<string> titles)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (titles.Length != model.Items)
        {
            throw new ArgumentException($"There are {titles.Length} titles for {model.Items} items.", nameof(titles));
        }

        var items = new Dictionary<TitleId, int>(titles.Length);
        var ids = new TitleId[titles.Length];
        for (int item = 0; item < titles.Length; item++)
        {
            ids[item] = NameTable.IdOf(titles[item]);
            if (ids[item].IsNone || !items.TryAdd(ids[item], item))
            {
                throw new ArgumentException($"The title '{titles[item]}' of item {item} is empty or there twice.", nameof(titles));
            }
        }

        Model = model;
        Titles = titles;
        Ids = [.. ids];
        _items = items.ToFrozenDictionary();
    }

    /// <summary>The model.</summary>
    public IInteractionModel Model { get; }

    /// <summary>The catalogue id of each item.</summary>
    public ImmutableArray<string> Titles { get; }

    /// <summary>The same as events carry it.</summary>
    public ImmutableArray<TitleId> Ids { get; }

    /// <summary>The item of a title, or -1 if the model does not know it.</summary>
    /// <param name="title">The title.</param>
    public int ItemOf(TitleId title) => _items.TryGetValue(title, out int item) ? item : -1;

    /// <summary>The same model for somebody who is known by a history alone.</summary>
    /// <returns>
    /// A model without a vector for any user of the training data; this one if it has none. The scores of somebody who was not there stay
    /// what they are, of <see cref="BprModel"/> within rounding. A <see cref="BiasedMfModel"/> then knows only what items are above the
    /// mean.
    /// </returns>
    public TitleModel WithoutUsers() => Model switch
    {
        IalsModel { Users: > 0 } ials => With(new IalsModel(ials.Shape, [], ials.ItemVectors, ials.Popularity)),
        BprModel { Users: > 1 } bpr => With(
            new BprModel(bpr.Dimensions, MeanLength(bpr), bpr.ItemVectors, bpr.ItemBiases, bpr.Popularity)),
        BiasedMfModel { Users: > 0 } mf => With(new BiasedMfModel(mf.Range, mf.Dimensions, [], mf.ItemBiases, [], mf.ItemVectors)),
        _ => this,
    };

    // What folding in needs of the users is the mean length of their vectors: one vector of that length stands for all of them.
    private static float[] MeanLength(BprModel model)
    {
        double squares = 0;
        foreach (float value in model.UserVectors)
        {
            squares += (double)value * value;
        }

        var one = new float[model.Dimensions];
        one[0] = (float)Math.Sqrt(squares / model.Users);
        return one;
    }

    private TitleModel With(IInteractionModel model) => new(model, Titles);
}
