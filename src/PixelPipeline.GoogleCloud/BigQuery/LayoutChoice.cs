using System.Globalization;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Settings;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Which layout holds: what the base table says goes before a default, and against what somebody has said nothing goes.</summary>
public static class LayoutChoice
{
    /// <summary>The settings with the layout and suffix of the tables that there are, and, unless set, how long their events are kept.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="record">What there is; null for nothing.</param>
    /// <exception cref="TableSetupException">Layout or suffix were set to something else; the message names both.</exception>
    public static PipelineSettings Settle(PipelineSettings settings, LayoutRecord? record)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (record is null)
        {
            return settings;
        }

        if (record.EventsDays > 0 && !settings.IsGiven(PipelineSetting.EventsDays))
        {
            settings = settings.With(PipelineSetting.EventsDays, record.EventsDays.ToString(CultureInfo.InvariantCulture));
        }

        settings = Take(settings, PipelineSetting.Layout, "--layout", record.Layout.ToString().ToLowerInvariant());
        return record.Suffix is null ? settings : Take(settings, PipelineSetting.TableSuffix, "--table-suffix", record.Suffix);
    }

    /// <summary>Likewise, of the tables that BigQuery has.</summary>
    /// <param name="client">Speaks to BigQuery.</param>
    /// <param name="settings">What is wanted, and of which dataset and base table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TableSetupException">Layout or suffix were set to something else; the message names both.</exception>
    public static async Task<PipelineSettings> SettleAsync(BigQueryClient client, PipelineSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var inventory = new TableInventory(client, settings.Get(PipelineSetting.Dataset), settings.Get(PipelineSetting.Table));
        return Settle(settings, await inventory.FindLayoutAsync(cancellationToken));
    }

    private static PipelineSettings Take(PipelineSettings settings, Setting setting, string option, string there)
    {
        var wanted = settings.TextOf(setting);
        return !settings.IsGiven(setting) || wanted.Equals(there, StringComparison.OrdinalIgnoreCase)
            ? settings.With(setting, there)
            : throw new TableSetupException(
                $"The table {settings.Get(PipelineSetting.Dataset)}.{settings.Get(PipelineSetting.Table)} has {there}, and {option} or {setting.Variable} says {wanted}: "
                + "leave it out, name another base table, or go over with pixel migrate.");
    }
}
