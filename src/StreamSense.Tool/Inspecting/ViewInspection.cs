using System.Globalization;
using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions.Inspection;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Inspecting;

/// <summary>One run of <c>view</c>: reads every input as <c>measure</c> does, and watches what becomes of one view.</summary>
internal static class ViewInspection
{
    private const int PseudonymDigits = 16;

    /// <summary>Reads, finds the view and watches it.</summary>
    /// <param name="view">The view's id, or its pseudonym.</param>
    /// <param name="options">What to read.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="progress">Is told how far it has come; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The timeline as JSON.</returns>
    /// <exception cref="InputException">An input cannot be read, or has no such view.</exception>
    public static ReadOnlyMemory<byte> Run(
        string view, MeasureOptions options, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        using var engine = new MeasureEngine(options);
        engine.Records.ReadAll(
            options.Files, standardInput, total => progress?.Begin(total), bytes => progress?.Read(bytes), cancellationToken);
        var search = new ViewSearch(Candidates(view, engine.Pseudonymizer));
        engine.Set.Deliver(search, progress: null, cancellationToken);
        if (search.Found.IsNone)
        {
            throw new InputException($"there is no view '{view}' in {engine.Records.Names.Count} input(s)");
        }

        var inspector = new ViewInspector(search.Found, engine.Vocabulary, engine.SessionOptions);
        engine.Set.DeliverTitles(inspector.Titles);
        engine.Set.Deliver(inspector, progress: null, cancellationToken);
        inspector.CloseAll();
        return MeasureReport.Write(writer => ViewTimelineWriter.Write(writer, inspector.Timeline, engine.Vocabulary));
    }

    // Viewers who allow nothing but counting have their views under an id that joins with no other.
    private static List<ViewId> Candidates(string view, Pseudonymizer pseudonymizer)
    {
        ViewId known = pseudonymizer.View(Encoding.UTF8.GetBytes(view));
        List<ViewId> candidates = [known, pseudonymizer.Unlinked(known)];
        if (view.Length == PseudonymDigits
            && ulong.TryParse(view, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong pseudonym))
        {
            candidates.Add(new ViewId(pseudonym));
        }

        return candidates;
    }

    private sealed class ViewSearch(List<ViewId> candidates) : IEventConsumer
    {
        private int _best = int.MaxValue;

        public ViewId Found => _best == int.MaxValue ? ViewId.None : candidates[_best];

        public void Consume(in EventBatch batch)
        {
            foreach (ref readonly StreamEvent e in batch.Events)
            {
                int place = e.View.IsNone ? -1 : candidates.IndexOf(e.View);
                _best = place >= 0 ? Math.Min(_best, place) : _best;
            }
        }
    }
}
