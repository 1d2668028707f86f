using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Metrics.Conversion;
using StreamSense.Core.Metrics.Requests;
using StreamSense.Core.Metrics.Social;
using StreamSense.Core.Metrics.Subscriptions;

namespace StreamSense.Core.Tests.Metrics;

public sealed class SectionDocumentTests
{
    [Fact]
    public void Quality_EveryMemberOfTheReport_HasItsEntry()
    {
        using JsonDocument report = JsonDocument.Parse(EngineMeasure.Run([]).Json());
        string document = File.ReadAllText(DocumentsFolder() + ".md");
        foreach (JsonProperty metric in report.RootElement.GetProperty("metrics").EnumerateObject())
        {
            Assert.Contains($"### `{metric.Name}`", document, StringComparison.Ordinal);
        }

        foreach (string part in Directory.GetFiles(DocumentsFolder()).Select(path => Path.GetFileName(path)!))
        {
            Assert.Contains($"(metrics/{part})", document, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Subscriptions_EveryMember_HasItsEntry() => AssertEntries("subscriptions", writer => SubscriptionsWriter.Write(
        writer,
        new SubscriptionMetrics
        {
            Totals = new PlanMetrics { Revenue = [new Revenue("eur", 1, 0)] },
            Months = [new MonthlyChurn()],
            Plans = [new PlanMetrics()],
        }));

    [Fact]
    public void Social_EveryMember_HasItsEntry() => AssertEntries("social", writer => SocialWriter.Write(
        writer,
        new SocialMetrics
        {
            Titles = [new MentionMetrics()],
            Networks = [new MentionMetrics()],
            Volume = [new MentionBucket(EventTime.Earliest, 1)],
        }));

    [Fact]
    public void Requests_EveryMember_HasItsEntry() => AssertEntries("requests", writer => RequestsWriter.Write(
        writer,
        new RequestMetrics
        {
            Cdns = [new DeliveryMetrics()],
            Asns = [new DeliveryMetrics()],
            Countries = [new DeliveryMetrics()],
            ObjectTypes = [new DeliveryMetrics()],
        }));

    [Fact]
    public void Conversion_EveryMember_HasItsEntry() => AssertEntries("conversion", writer => ConversionWriter.Write(
        writer, new ConversionMetrics { Surfaces = [new PlaceMetrics()], Places = [new PlaceMetrics()] }));

    [Fact]
    public void Audience_EveryMember_HasItsEntry() => AssertEntries("audience", writer => AudienceWriter.Write(
        writer,
        new AudienceMetrics
        {
            Titles = [new TitleAudience()],
            Days = [new PeriodAudience()],
            Weeks = [new PeriodAudience()],
            Months = [new PeriodAudience()],
            Cohorts = [new Retention()],
            Countries = [new Retention()],
        }));

    // A list of groups needs no entry where each of its members has one; the text names it.
    private static void AssertEntries(string section, Action<Utf8JsonWriter> write)
    {
        string document = File.ReadAllText(Path.Combine(DocumentsFolder(), section + ".md"));
        using var json = JsonDocument.Parse(Sections.TextOf(write));
        var missing = new List<string>();
        Visit(json.RootElement);
        Assert.Empty(missing);

        void Visit(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                element.EnumerateArray().ToList().ForEach(Visit);
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    string name = $"`{member.Name}`";
                    bool isGroups = member.Value.ValueKind == JsonValueKind.Array;
                    bool isNamed = document.Contains(name, StringComparison.Ordinal);
                    if (!document.Contains($"\n### {name}\n", StringComparison.Ordinal) && !(isGroups && isNamed))
                    {
                        missing.Add(member.Name);
                    }

                    Visit(member.Value);
                }
            }
        }
    }

    private static string DocumentsFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "StreamSense.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "concepts", "metrics");
    }
}
