using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.AspNetCore.Tests.Privacy;

/// <summary>What a host makes of requests: consent, signals, addresses, user agents.</summary>
public sealed class ConsentOfRequestsTests
{
    private const string Silent = """{"kind":"pause","time":1767261600000,"view":"v","viewer":"ann"}""";

    [Fact]
    public async Task Post_HostThatConfiguredNothing_RefusesWhatGrantsNothing()
    {
        await using HostedStreamSense host = await HostedStreamSense.StartAsync(
            options => options.Consent = new StreamSenseOptions().Consent);
        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", HostedStreamSense.Body(Silent));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("NoConsent", body.GetProperty("errors")[0].GetProperty("reason").GetString());
        (status, _) = await host.PostAsync("events", HostedStreamSense.Body(
            Silent.Replace("\"view\"", "\"consent\":[\"measurement\"],\"view\"", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("1", ConsentPurposes.Measurement)]
    [InlineData("0", ConsentPurposes.Measurement | ConsentPurposes.Sharing)]
    [InlineData("1, 1", ConsentPurposes.Measurement | ConsentPurposes.Sharing)]
    [InlineData("true", ConsentPurposes.Measurement | ConsentPurposes.Sharing)]
    [InlineData(null, ConsentPurposes.Measurement | ConsentPurposes.Sharing)]
    public async Task Post_GlobalPrivacyControl_TakesSharingOnlyIfExactlyOne(string? signal, ConsentPurposes expected)
    {
        var seen = new SeenContexts();
        await using HostedStreamSense host = await HostedStreamSense.StartAsync(options =>
        {
            options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Sharing);
            options.Pipeline = pipeline => pipeline.FollowWith(seen.Follow);
        });
        if (signal is not null)
        {
            host.Client.DefaultRequestHeaders.Add("Sec-GPC", signal);
        }

        await host.PostAsync("events", HostedStreamSense.Body(Silent));
        await host.Pipeline.DrainAsync();
        Assert.Equal(expected, Assert.Single(seen.Contexts).Consent);
    }

    [Fact]
    public async Task Post_LookUps_FillCountryNetworkAndKindOfDevice()
    {
        var seen = new SeenContexts();
        await using HostedStreamSense host = await HostedStreamSense.StartAsync(
            options =>
            {
                options.Pipeline = pipeline => pipeline.FollowWith(seen.Follow);
                options.Origin.LookUpAddress = address => address.Equals(IPAddress.Parse("192.0.2.7")) ? new("DE", "AS64500") : null;
                options.Origin.ClassifyUserAgent = agent => agent.Contains("TV", StringComparison.Ordinal) ? "tv" : null;
                options.Origin.Refine = (_, origin) => origin with { App = "app 1" };
            },
            use: app => app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:192.0.2.7");
                return next(context);
            }));
        host.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Some TV/1.0");
        await host.PostAsync("events", HostedStreamSense.Body(Silent));
        await host.Pipeline.DrainAsync();
        EventContext context = Assert.Single(seen.Contexts);
        Vocabulary names = host.Pipeline.Vocabulary;
        Assert.Equal("DE", names.Countries.NameOf(context.Country));
        Assert.Equal("AS64500", names.Asns.NameOf(context.Asn));
        Assert.Equal("tv", names.DeviceKinds.NameOf(context.DeviceKind));
        Assert.Equal("app 1", names.Apps.NameOf(context.App));
    }

    private sealed class SeenContexts
    {
        public List<EventContext> Contexts { get; } = [];

        public IEventConsumer Follow(Vocabulary vocabulary) => new Follower(vocabulary, Contexts);

        private sealed class Follower(Vocabulary vocabulary, List<EventContext> contexts) : IEventConsumer
        {
            public void Consume(in EventBatch batch)
            {
                foreach (ref readonly StreamEvent e in batch.Events)
                {
                    contexts.Add(vocabulary.Contexts[e.Context]);
                }
            }
        }
    }
}
