using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Columns;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

/// <summary>Saving, restoring, replaying, joining, forgetting.</summary>
public sealed class FeatureStateTests
{
    private static readonly int[] Titles = [.. Enumerable.Range(0, 40)];

    [Fact]
    public void Restore_ThenTheRestOfTheEvents_EqualsAllEvents()
    {
        using FeatureWorld whole = Simulated(0, 900);
        using FeatureWorld half = Simulated(0, 450);
        using var file = new MemoryStream();
        half.Engine.Save(file);
        file.Position = 0;
        using var rest = new FeatureWorld(StandardFeatures.Streaming);
        AddCatalogue(rest, feedEngine: false);
        rest.Engine.Restore(file);
        Simulate(rest, 450, 900);

        AssertSame(whole, rest);
        Assert.Equal(whole.Engine.Position, rest.Engine.Position);
        Assert.Equal(whole.Engine.CountRows(FeatureScope.ViewerTitle), rest.Engine.CountRows(FeatureScope.ViewerTitle));
    }

    [Fact]
    public void Consume_SameEventsAgain_GivesTheSameBits()
    {
        using FeatureWorld first = Simulated(0, 600);
        using FeatureWorld second = Simulated(0, 600);

        AssertSame(first, second);
    }

    [Fact]
    public void Fill_EveryWidth_GivesTheSameBits()
    {
        using FeatureWorld widest = Simulated(0, 600);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            using FeatureWorld other = Simulated(0, 600, width);
            AssertSame(widest, other);
        }
    }

    [Fact]
    public void Fill_AnyNumberOfTitles_GivesEachTheSameBits()
    {
        using FeatureWorld world = Simulated(0, 600);
        FeatureQuery query = world.Query(2, 4e6, "c1", "d1");
        int features = world.Engine.Layout.Count;
        foreach (int count in (int[])[1, 7, 8, 9, 16, 63, 64, 65, 130])
        {
            int[] titles = [.. Enumerable.Range(0, count).Select(i => i % 45)];
            float[] together = world.Read(query, titles);
            for (int i = 0; i < count; i++)
            {
                float[] alone = world.Read(query, titles[i]);
                for (int feature = 0; feature < features; feature++)
                {
                    Assert.Equal(alone[feature], together[(feature * count) + i]);
                }
            }
        }
    }

    [Fact]
    public void Restore_DamagedOrForeignFile_IsRefusedAndLeavesNothing()
    {
        using FeatureWorld source = Simulated(0, 100);
        using var file = new MemoryStream();
        source.Engine.Save(file);
        byte[] bytes = file.ToArray();
        using var world = new FeatureWorld(StandardFeatures.Streaming);
        foreach (int length in (int[])[0, 7, 64, bytes.Length - 33, bytes.Length - 1])
        {
            Assert.Throws<InvalidDataException>(() => world.Engine.Restore(new MemoryStream(bytes, 0, length)));
        }

        for (int at = 1; at < bytes.Length; at += bytes.Length / 23)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => world.Engine.Restore(new MemoryStream(damaged)));
            Assert.Equal(0, world.Engine.CountRows(FeatureScope.Viewer));
        }

        using var others = new FeatureWorld(new FeatureSetBuilder().Add("one", "1").Build());
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => others.Engine.Restore(new MemoryStream(bytes)));
        Assert.Contains("other features", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => source.Engine.Restore(new MemoryStream(bytes)));

        world.Engine.Restore(new MemoryStream(bytes));
        Assert.Equal(source.Engine.Position, world.Engine.Position);
    }

    [Fact]
    public void Joined_DeviceWithoutViewer_BecomesTheViewers()
    {
        using var joined = new FeatureWorld(StandardFeatures.Streaming);
        using var direct = new FeatureWorld(StandardFeatures.Streaming);
        AddCatalogue(joined);
        AddCatalogue(direct);
        for (int i = 0; i < 12; i++)
        {
            ViewFact play = joined.Play(i % 5, 1, i * 4000, joined.Context("c1", "d1")) with { Device = new DeviceId(77) };
            direct.Take(play with { Context = direct.Context("c1", "d1") });
            joined.Take(i < 8 ? play with { Viewer = ViewerId.None } : play);
        }

        // A guest is read by the device.
        FeatureQuery guest = joined.Query(1, 60_000, "c1", "d1") with { Viewer = ViewerId.None, Device = new DeviceId(77) };
        Assert.Equal(8, joined.ReadOne(guest, 1, "viewer.plays.month"), 0.1);

        joined.Take(new ViewFact
        {
            Kind = ViewFactKind.Joined, Viewer = World.Viewer(1), Device = new DeviceId(77), Consent = ConsentPurposes.All,
            JoinsSince = FeatureWorld.At(-1), Time = FeatureWorld.At(50_000),
        });

        foreach (FeatureDefinition feature in joined.Engine.Layout.Features.Where(known => known.Scope == FeatureScope.Viewer))
        {
            for (int title = 0; title < 6; title++)
            {
                float expected = direct.ReadOne(direct.Query(1, 60_000, "c1", "d1"), title, feature.Name);
                float found = joined.ReadOne(joined.Query(1, 60_000, "c1", "d1"), title, feature.Name);
                Assert.True(Near(expected, found), $"{feature.Name}: {found}, not {expected}");
            }
        }

        Assert.Equal(0, joined.ReadOne(guest, 1, "viewer.plays.month"));
    }

    [Fact]
    public void Consent_NotGiven_LeavesNoTraceAndReadsAsMissing()
    {
        using var world = new FeatureWorld(StandardFeatures.Streaming);
        AddCatalogue(world);
        ViewFact play = world.Play(1, 1, 0, world.Context(consent: ConsentPurposes.Measurement));
        world.Take(play with { Consent = ConsentPurposes.Measurement });

        Assert.Equal(0, world.Engine.CountRows(FeatureScope.Viewer));
        Assert.Equal(0, world.Engine.CountRows(FeatureScope.ViewerTitle));
        Assert.Equal(Math.Log(2), world.ReadOne(world.Query(1, 0), 1, FeatureNames.TitlePlays), 1e-6);

        world.Take(play);
        Assert.Equal(Math.Log(2), world.ReadOne(world.Query(1, 0), 1, FeatureNames.ViewerFrequency), 1e-6);
        FeatureQuery without = world.Query(1, 0) with { Consent = ConsentPurposes.Measurement };
        foreach (FeatureDefinition feature in world.Engine.Layout.Features.Where(known => known.IsPersonal))
        {
            Assert.True(float.IsNaN(world.ReadOne(without, 1, feature.Name)), feature.Name);
        }

        StreamEvent withdrawal = world.Event(EventKind.ConsentChange, -1, 1, 10);
        withdrawal.PayloadAs<ConsentPayload>().Granted = ConsentPurposes.Measurement;
        world.Take(withdrawal);
        Assert.Equal(0, world.Engine.CountRows(FeatureScope.Viewer));
        Assert.Equal(0, world.Engine.CountRows(FeatureScope.ViewerTitle));
    }

    [Fact]
    public void Retract_Session_TakesBackWhatItAdded()
    {
        using var world = new FeatureWorld(StandardFeatures.Streaming);
        AddCatalogue(world);
        var session = new PlaybackSession
        {
            Title = FeatureWorld.Title(1), Viewer = World.Viewer(1), Device = new DeviceId(5), Ended = FeatureWorld.At(100),
            Context = world.Context(), DurationMicroseconds = Absent.Time, StartupMicroseconds = Absent.Time,
        };
        session.Times.Playing = 90_000_000;
        session.Times.Rebuffering = 10_000_000;
        world.Engine.Add(session, []);
        FeatureQuery query = world.Query(1, 100) with { Device = new DeviceId(5) };
        Assert.Equal(0.1, world.ReadOne(query, 1, "device.stall_share"), 1e-5);

        world.Engine.Retract(session, []);
        session.Times.Rebuffering = 0;
        world.Engine.Add(session, []);

        Assert.Equal(0, world.ReadOne(query, 1, "device.stall_share"), 1e-5);
    }

    [Fact]
    public void Consume_MoreViewersThanRoom_ForgetsThoseLongestNotWritten()
    {
        using var world = new FeatureWorld(StandardFeatures.Streaming, new FeatureEngineOptions { MaxViewers = 3 });
        AddCatalogue(world);
        foreach (ulong viewer in (ulong[])[1, 2, 3, 1, 4, 5])
        {
            world.Take(world.Play(1, viewer, viewer));
        }

        Assert.Equal(3, world.Engine.CountRows(FeatureScope.Viewer));
        Assert.Equal(2, world.Engine.CountEvicted(FeatureScope.Viewer));
        Assert.True(world.ReadOne(world.Query(1, 10), 1, FeatureNames.ViewerFrequency) > 1);
        Assert.Equal(0, world.ReadOne(world.Query(2, 10), 1, FeatureNames.ViewerFrequency));
        Assert.InRange(world.Engine.BytesPerRow(FeatureScope.Viewer), 100, 16_384);
    }

    private static bool Near(float expected, float found) =>
        expected.Equals(found) || Math.Abs(expected - found) <= 1e-6 * Math.Max(1, Math.Abs(expected));

    private static FeatureWorld Simulated(int from, int to, LaneWidth? width = null)
    {
        var world = new FeatureWorld(StandardFeatures.Streaming, width: width);
        AddCatalogue(world);
        Simulate(world, from, to);
        return world;
    }

    private static void AddCatalogue(FeatureWorld world, bool feedEngine = true)
    {
        for (int i = 0; i < Titles.Length; i++)
        {
            string annex = $"\"genres\":[\"g{i % 4}\",\"g{i % 7}\"],\"cast\":[\"c{i % 9}\"]";
            if (feedEngine)
            {
                world.AddTitle(i, annex, TimeSpan.FromMinutes(20 + i), FeatureWorld.At(-i * 86_400), 1, i, TitleType.Episode, $"s{i % 3}");
            }
            else
            {
                StreamEvent row = World.Row($"m{i}", TimeSpan.FromMinutes(20 + i), FeatureWorld.At(-i * 86_400), type: TitleType.Episode);
                row.PayloadAs<TitlePayload>().Season = 1;
                row.PayloadAs<TitlePayload>().Episode = i;
                row.PayloadAs<TitlePayload>().Series = NameTable.IdOf($"s{i % 3}");
                world.Catalogue.Apply(row, System.Text.Encoding.UTF8.GetBytes(annex));
            }
        }
    }

    // The same random events whatever the part that is fed.
    private static void Simulate(FeatureWorld world, int from, int to)
    {
        var random = new Random(11);
        for (int i = 0; i < to; i++)
        {
            int title = random.Next(Titles.Length);
            ulong viewer = (ulong)random.Next(8);
            double time = (i * 4000) + (random.NextDouble() * 9000);
            ContextId context = world.Context($"c{random.Next(3)}", $"d{random.Next(3)}");
            int kind = random.Next(5);
            double watch = random.NextDouble() * 3000;
            if (i < from)
            {
                continue;
            }

            switch (kind)
            {
                case 0:
                    world.Take(world.Event(EventKind.Impression, title, viewer, time, context));
                    break;
                case 1:
                    world.Take(world.Event(EventKind.Click, title, viewer, time, context));
                    break;
                case 2:
                    world.Take(world.Rating(title, viewer, time, watch / 600, context));
                    break;
                default:
                    world.Take(world.Play(title, viewer, time, context));
                    world.Take(World.Fact(ViewFactKind.Ended, $"m{title}", viewer, time + watch, playhead: watch, watch: watch)
                        with { Context = context });
                    break;
            }
        }
    }

    private static void AssertSame(FeatureWorld expected, FeatureWorld found)
    {
        foreach (ulong viewer in (ulong[])[0, 3, 99])
        {
            float[] first = expected.Read(expected.Query(viewer, 4e6, "c1", "d1"), Titles);
            float[] second = found.Read(found.Query(viewer, 4e6, "c1", "d1"), Titles);
            Assert.Equal(first.Select(BitConverter.SingleToInt32Bits), second.Select(BitConverter.SingleToInt32Bits));
        }
    }
}
