using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>A host's own memory of everything that a viewer rated: a history keeps the last 64.</summary>
internal sealed class RatedTitles : IEventConsumer
{
    private readonly HashSet<(ViewerId, TitleId)> _rated = [];

    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (streamEvent.Kind == EventKind.Rating)
            {
                _rated.Add((streamEvent.Viewer, streamEvent.Title));
            }
        }
    }

    public bool IsNew(in CandidateRequest request, CatalogueTitle title) => !_rated.Contains((request.Features.Viewer, title.Id));
}
