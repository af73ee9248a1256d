using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.DependencyInjection;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Settings;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Functions.Pixels;

/// <summary>Puts the pipeline together from finished parts: here the settings end, and the core begins.</summary>
internal static class PipelineServices
{
    // An insert into a table that was just made may be tried again for seconds: at 10 new tables a second that must not
    // take every place from the known tables.
    private const int MaxInserts = 64;

    /// <summary>Adds the pipeline.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">All of them.</param>
    /// <param name="schema">Read from the file that the settings name.</param>
    /// <param name="layout">Made of the settings and the schema.</param>
    /// <param name="client">Speaks to BigQuery.</param>
    public static void AddPipeline(this IServiceCollection services, PipelineSettings settings, EventSchema schema, TableLayout layout, BigQueryClient client)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(schema);
        services.AddSingleton(layout);
        services.AddSingleton(client);
        services.AddSingleton<PipelineMeter>();
        services.AddSingleton(new PixelProcessor(schema, layout, settings.Get(PipelineSetting.PixelPath)));
        services.AddSingleton(new GroupCommitLimits { MaxInserts = MaxInserts, MaxWaitingRows = settings.Get(PipelineSetting.MaxWaitingRows) });
        services.AddSingleton<GroupCommitWriter>();
        services.AddSingleton<EntryHandler>();
        services.AddSingleton(NewTableLimits.Of(settings));
        services.AddSingleton<IEventRowWriter>(p => ActivatorUtilities.CreateInstance<BigQueryRowWriter>(
            p, settings.Get(PipelineSetting.Dataset), settings.Get(PipelineSetting.EventsDays)));
        services.AddSingleton<TableSetup>();
        services.AddHostedService<TableSetupService>();
        services.AddHostedService<TotalsLogService>();
        services.AddHostedService<DroppedEntriesLog>();
    }
}
