using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Throughput.Sessions;

/// <summary>
/// The baseline: an object a view in a dictionary, and play and stall seconds for the whole and by title, as a first draft has them.
/// </summary>
/// <remarks>No gaps, seeks, ads, windows, bitrates or quantiles, and no dimension but the title: a small part of the work.</remarks>
internal sealed class DictionaryPass(ViewTraffic traffic, int views, int eventsPerRun) : TrafficPass(traffic, views, eventsPerRun)
{
    private readonly Dictionary<ulong, View> _views = [];
    private readonly Dictionary<ulong, (long Play, long Stall)> _titles = [];

    /// <inheritdoc/>
    protected override int OpenViews => _views.Count;

    /// <inheritdoc/>
    protected override void Feed(ReadOnlySpan<StreamEvent> run)
    {
        foreach (ref readonly StreamEvent e in run)
        {
            if (!_views.TryGetValue(e.View.Value, out View? view))
            {
                view = new View { Last = e.Time.UnixMicroseconds };
                _views.Add(e.View.Value, view);
            }

            long elapsed = e.Time.UnixMicroseconds - view.Last;
            _titles.TryGetValue(e.Title.Value, out (long Play, long Stall) title);
            if (view.Stalled)
            {
                _titles[e.Title.Value] = (title.Play, title.Stall + elapsed);
            }
            else if (view.Playing)
            {
                _titles[e.Title.Value] = (title.Play + elapsed, title.Stall);
            }

            view.Last = e.Time.UnixMicroseconds;
            switch (e.Kind)
            {
                case EventKind.PlaybackStart or EventKind.Resume:
                    view.Playing = true;
                    break;
                case EventKind.Pause:
                    view.Playing = false;
                    break;
                case EventKind.BufferStart:
                    view.Stalled = true;
                    break;
                case EventKind.BufferEnd:
                    view.Stalled = false;
                    break;
                case EventKind.Heartbeat:
                    view.Playing = e.ReadPayload<HeartbeatPayload>().State == PlayerState.Playing;
                    break;
                case EventKind.PlaybackEnd:
                    _views.Remove(e.View.Value);
                    break;
                default:
                    break;
            }
        }
    }

    private sealed class View
    {
        public long Last;
        public bool Playing;
        public bool Stalled;
    }
}
