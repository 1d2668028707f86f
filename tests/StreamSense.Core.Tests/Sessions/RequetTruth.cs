namespace StreamSense.Core.Tests.Sessions;

/// <summary>What the states of a session add up to, sample by sample; no event and no rule of the engine is in it.</summary>
/// <param name="StartupMs">From the first buffering to the first picture.</param>
/// <param name="StallsMs">Each buffering after that of at least a quarter of a second.</param>
/// <param name="PlayMs">Playing, with bufferings too short to be a stall.</param>
/// <param name="PausedMs">Paused.</param>
/// <param name="StoodMs">How long the playhead did not advance after the first picture, paused or not.</param>
/// <param name="Switches">Changes of the quality while playing.</param>
/// <param name="PlayMsByQuality">The part of the playing time in each quality.</param>
internal sealed record RequetTruth(
    long StartupMs,
    IReadOnlyList<long> StallsMs,
    long PlayMs,
    long PausedMs,
    long StoodMs,
    int Switches,
    IReadOnlyDictionary<string, long> PlayMsByQuality)
{
    private const long MinimumStallMs = 250;

    internal static RequetTruth Of(IReadOnlyList<RequetSample> samples)
    {
        int first = 0;
        while (samples[first].State != RequetState.Playing)
        {
            first++;
        }

        var byQuality = new Dictionary<string, long>(StringComparer.Ordinal);
        var stalls = new List<long>();
        long play = 0, paused = 0, stood = 0;
        int switches = 0;
        for (int i = first; i + 1 < samples.Count;)
        {
            int end = i;
            while (end + 1 < samples.Count && samples[end].State == samples[i].State)
            {
                end++;
            }

            long length = samples[end].AtMs - samples[i].AtMs;
            bool stalls1 = samples[i].State == RequetState.Buffering && length >= MinimumStallMs;
            for (int at = i; at < end; at++)
            {
                RequetSample sample = samples[at];
                long lasted = samples[at + 1].AtMs - sample.AtMs;
                stood += samples[at + 1].ProgressMs - sample.ProgressMs < lasted / 10m ? lasted : 0;
                paused += sample.State == RequetState.Paused ? lasted : 0;
                if (sample.State != RequetState.Paused && !stalls1)
                {
                    play += lasted;
                    byQuality[sample.Quality!] = byQuality.GetValueOrDefault(sample.Quality!) + lasted;
                    switches += at > first && sample.Quality != samples[at - 1].Quality && sample.State == RequetState.Playing
                        && samples[at - 1].State == RequetState.Playing ? 1 : 0;
                }
            }

            if (stalls1)
            {
                stalls.Add(length);
            }

            i = end;
        }

        return new RequetTruth(samples[first].AtMs - samples[0].AtMs, stalls, play, paused, stood, switches, byQuality);
    }
}
