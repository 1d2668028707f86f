using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>Finds for each title of a catalogue those with like genres, moods, cast and series.</summary>
/// <remarks>
/// A title is a vector of its attributes, each weighing <c>ln(1 + titles ÷ titles with it)</c> (inverse document frequency: Spärck
/// Jones, "A statistical interpretation of term specificity", 1972); nearness is the cosine. The same catalogue gives the same
/// neighbours. To be run beside the requests, now and then; the result serves <see cref="BecauseYouWatchedCandidates"/>.
/// </remarks>
public static class ContentNeighbours
{
    /// <summary>Finds the neighbours.</summary>
    /// <param name="catalogue">The catalogue; rows that come while this runs may be missing.</param>
    /// <param name="options">How titles are compared; null for the defaults.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ItemNeighbours Fit(Catalogue catalogue, ContentOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        options ??= new ContentOptions();
        options.Validate();
        var table = AttributeTable.Of(catalogue, options.UseSeries);
        int titles = table.Titles.Length;
        var starts = ImmutableArray.CreateBuilder<int>(titles + 1);
        var neighbours = ImmutableArray.CreateBuilder<int>();
        var weights = ImmutableArray.CreateBuilder<float>();
        var similarities = new float[titles];
        var touched = new List<int>(options.MaxCompared);
        var nearest = new Neighbour[options.Neighbours];
        starts.Add(0);
        for (int title = 0; title < titles; title++)
        {
            cancellation.ThrowIfCancellationRequested();
            Compare(table, title, options.MaxCompared, similarities, touched);
            int count = 0;
            foreach (int other in touched)
            {
                var neighbour = new Neighbour(other, table.Titles[other], similarities[other]);
                count = ShortList.Insert(nearest, count, neighbour, default(NearestFirst));
                similarities[other] = 0;
            }

            foreach (ref readonly Neighbour neighbour in nearest.AsSpan(0, count))
            {
                neighbours.Add(neighbour.Title);
                weights.Add(neighbour.Weight);
            }

            starts.Add(neighbours.Count);
        }

        return new ItemNeighbours(table.Titles, starts.MoveToImmutable(), neighbours.ToImmutable(), weights.ToImmutable());
    }

    // From the rarest attribute on, until enough titles were met; these are then compared by all attributes.
    private static void Compare(AttributeTable table, int title, int maxCompared, float[] similarities, List<int> touched)
    {
        touched.Clear();
        foreach (int attribute in table.AttributesOf(title))
        {
            ReadOnlySpan<int> holders = table.HoldersOf(attribute);
            int own = holders.BinarySearch(title);
            for (int step = 1; step < holders.Length && touched.Count < maxCompared; step++)
            {
                // Not always the same ones: from the title's own place on, and around.
                int other = holders[(own + step) % holders.Length];
                if (similarities[other] == 0)
                {
                    similarities[other] = table.Cosine(title, other);
                    touched.Add(other);
                }
            }
        }
    }

    private readonly record struct Neighbour(int Title, TitleId Id, float Weight);

    // Equal ones by id, so that the order in which rows came does not matter.
    private readonly struct NearestFirst : IComparer<Neighbour>
    {
        public int Compare(Neighbour x, Neighbour y) =>
            x.Weight != y.Weight ? y.Weight.CompareTo(x.Weight) : x.Id.Value.CompareTo(y.Id.Value);
    }
}
