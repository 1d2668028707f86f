namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Which content a view played: every advance and every known playhead of it, put together when it is asked for.</summary>
internal sealed class OracleContent
{
    private const decimal JumpUs = 1_000_000m;

    private readonly List<(long AtUs, int Rank, decimal Us, bool IsJump)> _moves = [];

    /// <summary>Play time from an instant on, times the rate.</summary>
    internal void Advance(long fromUs, decimal contentUs) => _moves.Add((fromUs, 1, contentUs, false));

    /// <summary>A playhead known at an instant: what was played before has led there, unless a seek has.</summary>
    internal void Known(long atUs, decimal playheadUs, bool afterSeek) => _moves.Add((atUs, 0, playheadUs, afterSeek));

    /// <summary>The runs of content without a jump, in order.</summary>
    internal List<(decimal From, decimal To)> Runs()
    {
        var runs = new List<(decimal From, decimal To)> { (0m, 0m) };
        bool isAssumed = true;
        foreach ((_, int rank, decimal us, bool isJump) in _moves.OrderBy(move => move.AtUs).ThenBy(move => move.Rank))
        {
            (decimal from, decimal to) = runs[^1];
            if (rank == 1)
            {
                runs[^1] = (from, to + us);
            }
            else if (isAssumed && !isJump)
            {
                // What was played before the playhead was known lies before it.
                runs[^1] = (Math.Min(us, Math.Max(0m, us - to)), us);
            }
            else if (isJump || Math.Abs(us - to) > JumpUs)
            {
                runs.Add((us, us));
            }
            else
            {
                runs[^1] = (Math.Min(from, us), us);
            }

            isAssumed &= rank == 1;
        }

        return runs;
    }

    /// <summary>How much of the content is covered by runs, each piece once; where its length is known, within that.</summary>
    internal static decimal Distinct(IEnumerable<(decimal From, decimal To)> runs, decimal? durationUs)
    {
        decimal covered = 0m;
        decimal reached = durationUs is null ? decimal.MinValue : 0m;
        foreach ((decimal from, decimal to) in runs.OrderBy(run => run.From))
        {
            decimal end = Math.Min(to, durationUs ?? decimal.MaxValue);
            covered += Math.Max(0m, end - Math.Max(from, reached));
            reached = Math.Max(reached, end);
        }

        return covered;
    }
}
