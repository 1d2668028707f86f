using StreamSense.Core;

namespace StreamSense.Ml;

/// <summary>Builds a pipeline and the recommender that follows it.</summary>
public static class RecommenderPipelineExtensions
{
    /// <summary>Makes the pipeline, and a recommender that learns from what passes through it and writes its decisions into it.</summary>
    /// <remarks>
    /// The recommender is disposed of with the pipeline, after the last event, and not before by the host. It follows after the builder's
    /// other followers. The lanes of its decisions come on top of <see cref="Core.Buffering.LaneOptions.MaxLanes"/>; with
    /// <see cref="Core.Buffering.FullMode.Wait"/> a ranking waits while its lane is full.
    /// </remarks>
    /// <param name="builder">The pipeline's builder, which has been told everything else.</param>
    /// <param name="recommender">The recommender.</param>
    /// <param name="define">Says where rankings come from, and where decisions go if not into the pipeline; null for the surfaces of
    /// <see cref="SurfaceNames"/>.</param>
    /// <param name="options">The bounds of the recommender; null for the defaults.</param>
    /// <returns>The pipeline. It does nothing until it is started or pumped.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The builders refuse what they were told.</exception>
    public static StreamSensePipeline BuildWithRecommender(
        this StreamSensePipelineBuilder builder,
        out Recommender recommender,
        Action<RecommenderBuilder>? define = null,
        RecommenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RecommenderOptions bounds = options ?? new RecommenderOptions();
        bounds.Validate();
        Recommender? made = null;
        StreamSensePipeline pipeline = builder
            .Configure(sizes => sizes.Lanes.MaxLanes += bounds.MaxConcurrentRequests)
            .Attach(unstarted => made = Make(unstarted, define, bounds))
            .Build();
        recommender = made!;
        return pipeline;
    }

    private static Recommender Make(StreamSensePipeline pipeline, Action<RecommenderBuilder>? define, RecommenderOptions options)
    {
        RecommenderBuilder builder = Recommender.CreateBuilder(pipeline.Vocabulary, pipeline.Pseudonymizer, options)
            .WriteDecisionsTo(pipeline.RentWriter);
        define?.Invoke(builder);
        return builder.Build();
    }
}
