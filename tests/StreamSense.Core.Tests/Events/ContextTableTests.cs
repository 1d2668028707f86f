using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Events;

public sealed class ContextTableTests
{
    [Fact]
    public void Intern_SameContext_IsTheSameId()
    {
        var table = new ContextTable();
        var context = new EventContext { Source = new Symbol(2), App = new Symbol(3), Consent = ConsentPurposes.Measurement };
        ContextId id = table.Intern(context);
        Assert.Equal(id, table.Intern(context));
        Assert.NotEqual(id, table.Intern(context with { Consent = ConsentPurposes.None }));
        Assert.Equal(context, table[id]);
        Assert.Equal(default, table.Intern(default));
    }

    [Fact]
    public void Intern_MoreContextsThanItHolds_LosesTheFinestDimensionsAndNeverSourceOrConsent()
    {
        var table = new ContextTable(capacity: 64);
        for (int i = 0; i < 10_000; i++)
        {
            var context = new EventContext
            {
                Source = new Symbol((ushort)(2 + (i % 3))),
                Country = new Symbol((ushort)(2 + (i % 200))),
                Asn = new Symbol((ushort)(2 + i)),
                Consent = ConsentPurposes.Measurement,
                Version = 1,
            };
            EventContext kept = table[table.Intern(context)];
            Assert.Equal((context.Source, context.Consent, context.Version), (kept.Source, kept.Consent, kept.Version));
        }

        Assert.InRange(table.Count, 1, 64);
        Assert.True(table.Overflowed > 0);
    }

    [Fact]
    public void Intern_MoreContextsThanItHolds_NeverMakesUpWhatWasNotGiven()
    {
        var table = new ContextTable(capacity: 64);
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            EventContext context = Any(random, values: 1_000);
            EventContext kept = table[table.Intern(context)];
            Assert.True(kept.Country.IsNone || !context.Country.IsNone, $"{context} became {kept}.");
            Assert.True(kept.Asn.IsNone || !context.Asn.IsNone, $"{context} became {kept}.");
            Assert.True(kept.App.IsNone || !context.App.IsNone, $"{context} became {kept}.");
            Assert.Equal(context.Source, kept.Source);
        }

        Assert.True(table.Overflowed > 0);
    }

    [Fact]
    public void InForce_EventsThatNameSomeDimensions_IsTheLatestOfEach()
    {
        var table = new ContextTable();
        var random = new Random(1);
        for (int view = 0; view < 500; view++)
        {
            ContextId inForce = default;
            EventContext expected = default;
            for (int i = 0; i < 8; i++)
            {
                EventContext said = random.Next(5) == 0 ? default : Any(random, values: 4);
                inForce = table.InForce(inForce, table.Intern(said));
                expected = said == default ? expected : new EventContext(
                    Latest(said.Source, expected.Source),
                    Latest(said.Country, expected.Country),
                    Latest(said.Asn, expected.Asn),
                    Latest(said.Isp, expected.Isp),
                    Latest(said.DeviceKind, expected.DeviceKind),
                    Latest(said.App, expected.App),
                    Latest(said.Variants, expected.Variants),
                    said.Consent,
                    said.Version);
                Assert.Equal(expected, table[inForce]);
                Assert.Equal(table.Intern(expected), inForce);
            }
        }

        Assert.Equal(0, table.Overflowed);
    }

    [Fact]
    public void InForce_OneNamesAllThatTheOtherDoes_TakesNoFurtherRoom()
    {
        var table = new ContextTable();
        var all = new EventContext { Source = new Symbol(2), Country = new Symbol(3), App = new Symbol(4), Version = 1 };
        ContextId full = table.Intern(all);
        ContextId bare = table.Intern(all with { Country = Symbol.None, App = Symbol.None });
        int count = table.Count;

        Assert.Equal(full, table.InForce(full, bare));
        Assert.Equal(full, table.InForce(bare, full));
        Assert.Equal(full, table.InForce(default, full));
        Assert.Equal(full, table.InForce(full, default));
        Assert.Equal(count, table.Count);
    }

    [Fact]
    public void InForce_NoRoom_KeepsSourceAndConsentAndMakesNothingUp()
    {
        var table = new ContextTable(capacity: 64);
        var random = new Random(1);
        for (int i = 0; i < 5_000; i++)
        {
            ContextId before = table.Intern(Any(random, values: 1_000));
            ContextId said = table.Intern(Any(random, values: 1_000));
            ContextId id = table.InForce(before, said);
            EventContext inForce = table[id];

            Assert.Equal(id, table.InForce(before, said));
            Assert.Equal((table[said].Source, table[said].Consent), (inForce.Source, inForce.Consent));
            Assert.True(inForce.App.IsNone || !table[before].App.IsNone || !table[said].App.IsNone);
            Assert.True(inForce.Country.IsNone || !table[before].Country.IsNone || !table[said].Country.IsNone);
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(4096)]
    public void InForce_ManyThreads_AllGetTheSame(int capacity)
    {
        var random = new Random(1);
        var pairs = new (EventContext Before, EventContext Said)[2_000];
        foreach (ref (EventContext Before, EventContext Said) pair in pairs.AsSpan())
        {
            pair = (Any(random, values: 6), Any(random, values: 6));
        }

        for (int round = 0; round < 5; round++)
        {
            var table = new ContextTable(capacity);
            var ids = new ContextId[4][];
            Parallel.For(0, ids.Length, thread =>
            {
                ids[thread] = new ContextId[pairs.Length];
                for (int i = 0; i < pairs.Length; i++)
                {
                    // Each begins elsewhere, so that they meet as the table fills.
                    int at = (i + (thread * 37)) % pairs.Length;
                    ids[thread][at] = table.InForce(table.Intern(pairs[at].Before), table.Intern(pairs[at].Said));
                }
            });

            Assert.All(ids, own => Assert.Equal(ids[0], own));
            Assert.InRange(table.Count, 2, capacity);
        }
    }

    private static EventContext Any(Random random, int values)
    {
        Symbol Named() => random.Next(2) == 0 ? Symbol.None : new Symbol((ushort)(2 + random.Next(values)));
        return new EventContext(
            new Symbol((ushort)(2 + random.Next(2))), Named(), Named(), Named(), Named(), Named(), Named(), ConsentPurposes.Measurement, 1);
    }

    private static Symbol Latest(Symbol said, Symbol before) => said.IsNone ? before : said;
}
