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
}
