using StreamSense.Testing.Scripts;

namespace StreamSense.Testing.Simulation;

/// <summary>Writes what a player goes through in one playback into a script.</summary>
internal sealed class SimulatedView(ViewerSimulationOptions options, SeededRandom random, ViewScript script, TimeSpan length)
{
    private static readonly decimal[] LadderKbps = [300m, 750m, 1_200m, 1_850m, 2_850m, 4_300m];

    private int _rung = random.Next(3);
    private decimal _playedSeconds;
    private decimal _rate = 1m;

    internal void Play()
    {
        if (random.Chance(0.05))
        {
            script.Request(preload: true).Wait(random.Skewed(1, 30));
        }

        script.Request();
        if (Starts())
        {
            decimal startup = random.Skewed(0, 6) + 0.2m;
            script.Wait(startup).FirstFrame(startup * 1_000m).Bitrate(LadderKbps[_rung]);
            Beats();
            PlayToSomeEnd();
        }
    }

    // Whether the content comes to its first frame; else the script says how the attempt ended.
    private bool Starts()
    {
        script.Wait(random.Skewed(0, 2));
        if (random.Chance(options.FatalErrorShare / 2))
        {
            bool business = random.Chance(0.3);
            script.Error(business ? "not-entitled" : "manifest-404", category: business ? "business" : "technical");
            return false;
        }

        if (random.Chance(options.PrerollShare))
        {
            script.AdBreak("pre", _ => Ads(), "pre");
            if (random.Chance(0.05))
            {
                script.End("quit");
                return false;
            }
        }

        if (random.Chance(0.02))
        {
            script.Wait(random.Skewed(2, 20)).End("quit");
            return false;
        }

        return true;
    }

    private void PlayToSomeEnd()
    {
        decimal whole = (decimal)length.TotalSeconds;
        decimal until = random.Chance(0.4) ? whole : Math.Max(1m, whole * random.Next(100) / 100m);
        bool dies = random.Chance(options.FatalErrorShare);
        while (_playedSeconds < until)
        {
            decimal seconds = Math.Min(5 + random.Next(55), until - _playedSeconds);
            script.Play(seconds / _rate);
            _playedSeconds += seconds;
            if (_playedSeconds < until)
            {
                Happen();
            }
        }

        if (dies)
        {
            script.Error("decode", category: "technical");
        }
        else if (!random.Chance(options.LostEndShare))
        {
            script.Heartbeats(0m).End(until >= whole ? "completed" : "quit");
        }
    }

    private void Happen()
    {
        if (random.Chance(options.StallShare))
        {
            script.Stall(random.Skewed(0, 20), random.Chance(0.8) ? "connection" : null);
            Switch(-1);
        }

        switch (random.Next(100))
        {
            case < 12:
                Switch(random.Chance(0.6) ? 1 : -1);
                break;
            case < 16:
                script.Pause(random.Skewed(2, 1_200));
                break;
            case < 19:
                script.Seek(random.Next((int)length.TotalSeconds), random.Skewed(0, 5), buffers: random.Chance(0.5));
                break;
            case < 21:
                script.AdBreak("mid", _ => Ads(), "mid");
                break;
            case < 23:
                script.Background().Play(random.Skewed(1, 120)).Background(background: false);
                break;
            case < 24:
                _rate = random.Pick(0.75m, 1m, 1.25m, 1.5m, 2m);
                script.Rate(_rate);
                break;
            case < 25:
                script.Error("segment-retry", fatal: false, category: "technical");
                break;
            case < 26:
                script.Always("cdn", random.Pick("north", "south")).Send("cdn_change");
                break;
            case < 27:
                script.Send("track_change", line => line.With("track", "audio").With("language", "en"));
                break;
        }
    }

    private void Ads()
    {
        for (int ad = random.Next(3); ad >= 0; ad--)
        {
            string name = "ad-" + random.Pick("a", "b", "c", "d");
            decimal seconds = random.Pick(6m, 15m, 20m, 30m);
            script.Send("ad_start", line => line.With("ad", name).With("durationMs", seconds * 1_000m));
            script.Wait(seconds / 4).Send("ad_quartile", line => line.With("ad", name).With("percent", 25m));
            if (random.Chance(0.03))
            {
                script.Send("ad_click", line => line.With("ad", name));
            }

            bool skipped = random.Chance(0.2);
            script.Wait(skipped ? 1m : seconds * 3 / 4).Send(skipped ? "ad_skip" : "ad_complete", line => line.With("ad", name));
        }
    }

    private void Switch(int rungs)
    {
        int rung = Math.Clamp(_rung + rungs, 0, LadderKbps.Length - 1);
        if (rung != _rung)
        {
            _rung = rung;
            script.Bitrate(LadderKbps[rung]);
            Beats();
        }
    }

    private void Beats() => script.Heartbeats((decimal)options.HeartbeatInterval.TotalSeconds, LadderKbps[_rung]);
}
