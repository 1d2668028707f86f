using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StreamSense.AspNetCore.Hosting;
using StreamSense.Core;
using StreamSense.Ml;

namespace StreamSense.AspNetCore.Tests.Hosting;

public sealed class RegistrationTests
{
    [Fact]
    public void MapStreamSense_WithoutAddStreamSense_SaysWhatIsMissing()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        WebApplication app = builder.Build();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => app.MapStreamSense());

        Assert.Contains("AddStreamSense", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddStreamSense_Twice_ConfiguresOnePipelineFurther()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddStreamSense(options => options.MaxRankCount = 7);
        services.AddStreamSense(options => options.MaxBodyBytes = 9);
        await using ServiceProvider provider = services.BuildServiceProvider();

        StreamSenseHost host = provider.GetRequiredService<StreamSenseHost>();

        Assert.Equal(7, host.Options.MaxRankCount);
        Assert.Equal(9, host.Options.MaxBodyBytes);
        Assert.Same(host.Pipeline, provider.GetRequiredService<StreamSensePipeline>());
        Assert.Same(host.Recommender, provider.GetRequiredService<Recommender>());
        Assert.Single(provider.GetServices<Microsoft.Extensions.Hosting.IHostedService>());
    }

    [Theory]
    [InlineData(nameof(StreamSenseOptions.MaxBodyBytes))]
    [InlineData(nameof(StreamSenseOptions.MaxConcurrentBodies))]
    [InlineData(nameof(StreamSenseOptions.MaxRankCount))]
    [InlineData(nameof(StreamSenseOptions.RetryAfter))]
    public void Build_WithAnOptionOutOfRange_NamesIt(string option)
    {
        var options = new StreamSenseOptions();
        switch (option)
        {
            case nameof(StreamSenseOptions.MaxBodyBytes):
                options.MaxBodyBytes = 0;
                break;
            case nameof(StreamSenseOptions.MaxConcurrentBodies):
                options.MaxConcurrentBodies = 0;
                break;
            case nameof(StreamSenseOptions.MaxRankCount):
                options.MaxRankCount = 0;
                break;
            default:
                options.RetryAfter = TimeSpan.FromSeconds(-1);
                break;
        }

        ArgumentOutOfRangeException exception =
            Assert.Throws<ArgumentOutOfRangeException>(() => new StreamSenseHost(options, TimeProvider.System));

        Assert.Equal(option, exception.ParamName, ignoreCase: true);
    }
}
