using PixelPipeline.Settings;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>How many tables one instance may make by template suffix.</summary>
/// <param name="PerSecond">BigQuery's quota of 10 a second for the project, divided by the most instances there can be.</param>
/// <param name="PerDay">The daily budget (UTC), likewise divided; beyond it rows go to the overflow table.</param>
/// <seealso href="https://cloud.google.com/bigquery/quotas#streaming_inserts"/>
public sealed record NewTableLimits(double PerSecond, int PerDay)
{
    /// <summary>One instance's share of what the settings allow all of them.</summary>
    public static NewTableLimits Of(PipelineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var instances = (double)settings.Get(PipelineSetting.MaxInstances);
        return new(settings.Get(PipelineSetting.NewTablesPerSecond) / instances, (int)Math.Ceiling(settings.Get(PipelineSetting.NewTablesPerDay) / instances));
    }
}
