using Microsoft.Extensions.DependencyInjection.Extensions;
using StreamSense.AspNetCore;
using StreamSense.AspNetCore.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds StreamSense to a host.</summary>
public static class StreamSenseServiceCollectionExtensions
{
    /// <summary>
    /// Adds a pipeline and a recommender that start with the host, after reading back what was kept of earlier runs, and drain when it
    /// stops.
    /// </summary>
    /// <remarks>
    /// The services <see cref="StreamSense.Core.StreamSensePipeline"/> and <see cref="StreamSense.Ml.Recommender"/> are for the host's own
    /// use.
    /// The clock is the <see cref="TimeProvider"/> service, the system's where there is none. <c>app.MapStreamSense()</c> maps the
    /// endpoints.
    /// Calling it again configures the same pipeline further.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; null leaves the defaults.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddStreamSense(this IServiceCollection services, Action<StreamSenseOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        if (configure is not null)
        {
            services.AddSingleton(new Configuration(configure));
        }

        services.TryAddSingleton(provider =>
        {
            var options = new StreamSenseOptions();
            foreach (Configuration configuration in provider.GetServices<Configuration>())
            {
                configuration.Apply(options);
            }

            return new StreamSenseHost(options, provider.GetRequiredService<TimeProvider>());
        });
        services.TryAddSingleton(provider => provider.GetRequiredService<StreamSenseHost>().Pipeline);
        services.TryAddSingleton(provider => provider.GetRequiredService<StreamSenseHost>().Recommender);
        services.AddHostedService<PipelineLifetime>();
        return services;
    }

    private sealed record Configuration(Action<StreamSenseOptions> Apply);
}
