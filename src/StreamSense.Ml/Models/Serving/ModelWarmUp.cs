using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Models.Serving;

/// <summary>Tries a model before it serves: its code is compiled, its memory is touched, and what it answers is looked at.</summary>
/// <remarks>
/// A model is refused if it throws, gives a score that is not a number, gives other bits when asked the same again, or (if so chosen) is
/// too slow. Runs on the caller's thread, which should be none that serves requests. May be used by many threads.
/// </remarks>
/// <param name="options">How much is tried; null for the defaults.</param>
/// <param name="time">Measures the latencies; null for the system's clock.</param>
public sealed class ModelWarmUp(ModelWarmUpOptions? options = null, TimeProvider? time = null)
{
    private const float NotWritten = float.NaN;

    private readonly ModelWarmUpOptions _options = Checked(options ?? new ModelWarmUpOptions());
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Tries a model.</summary>
    /// <param name="ranker">The model.</param>
    /// <param name="requests">The rankings; those whose number of features is another one are passed over.</param>
    /// <returns>What came of it.</returns>
    /// <remarks>Never throws what the model throws: that is the report's problem.</remarks>
    public WarmUpReport Run(IRanker ranker, ImmutableArray<WarmUpRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        WarmUpRequest[] fitting =
        [
            .. requests.Where(request => request.Features.Length == (long)request.Titles.Length * ranker.Layout.Count),
        ];
        if (fitting.Length == 0)
        {
            return new WarmUpReport(0, TimeSpan.Zero, TimeSpan.Zero, IsOverBudget: false, "there is no request to try it with");
        }

        try
        {
            return Try(ranker, fitting);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new WarmUpReport(
                0, TimeSpan.Zero, TimeSpan.Zero, IsOverBudget: false, $"it throws {exception.GetType().Name}: {exception.Message}");
        }
    }

    private static ModelWarmUpOptions Checked(ModelWarmUpOptions options)
    {
        options.Validate();
        return options;
    }

    private static void Score(IRanker ranker, WarmUpRequest request, Span<float> scores, float[] scratch)
    {
        var context = new RankContext
        {
            Time = request.Time,
            Viewer = request.Viewer,
            Consent = request.Consent,
            Shared = request.Shared.AsSpan(),
        };
        var batch = new CandidateBatch(request.Titles.AsSpan(), request.Features.AsSpan(), ranker.Layout);
        ranker.Score(context, batch, scores[..request.Titles.Length], MemoryMarshal.AsBytes(scratch.AsSpan()));
    }

    private WarmUpReport Try(IRanker ranker, WarmUpRequest[] requests)
    {
        int most = requests.Max(request => request.Titles.Length);
        var scores = new float[most];
        var again = new float[most];
        var scratch = new float[(ranker.ScratchBytes(most) / sizeof(float)) + 1];
        var latencies = new List<long>(Math.Max(_options.Calls, requests.Length));
        long start = _time.GetTimestamp();
        string? problem = null;
        for (int call = 0; IsDue(call, requests.Length, start) && problem is null; call++)
        {
            WarmUpRequest request = requests[call % requests.Length];
            scores.AsSpan().Fill(NotWritten);
            long before = _time.GetTimestamp();
            Score(ranker, request, scores, scratch);
            latencies.Add(_time.GetElapsedTime(before).Ticks);
            if (call < requests.Length)
            {
                again.AsSpan().Fill(NotWritten);
                scratch.AsSpan().Fill(call);
                Score(ranker, request, again, scratch);
                problem = ProblemOf(scores.AsSpan(0, request.Titles.Length), again);
            }
        }

        return Report(latencies, problem);
    }

    private bool IsDue(int call, int requests, long start) =>
        call < requests || (call < _options.Calls && _time.GetElapsedTime(start) < _options.MaxDuration);

    private static string? ProblemOf(ReadOnlySpan<float> scores, ReadOnlySpan<float> again)
    {
        foreach (float score in scores)
        {
            if (!float.IsFinite(score))
            {
                return string.Create(CultureInfo.InvariantCulture, $"a score is {score}");
            }
        }

        return MemoryMarshal.AsBytes(scores).SequenceEqual(MemoryMarshal.AsBytes(again[..scores.Length]))
            ? null
            : "the same request gave other scores the second time";
    }

    private WarmUpReport Report(List<long> latencies, string? problem)
    {
        // The first half pays for compilation.
        List<long> late = latencies[(latencies.Count / 2)..];
        late.Sort();
        TimeSpan median = TimeSpan.FromTicks(late[(late.Count - 1) / 2]);
        TimeSpan p99 = TimeSpan.FromTicks(late[(int)((late.Count - 1) * 0.99)]);
        bool isOver = p99 > _options.LatencyBudget;
        if (problem is null && isOver && _options.RefuseOverBudget)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"a ranking takes {p99.TotalMicroseconds:0} µs, {_options.LatencyBudget!.Value.TotalMicroseconds:0} µs are allowed");
        }

        return new WarmUpReport(latencies.Count, median, p99, isOver, problem);
    }
}
