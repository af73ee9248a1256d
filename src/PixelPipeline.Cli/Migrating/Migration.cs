using System.Globalization;
using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Migrating;

/// <summary>
/// Takes the tables of one base table to another layout: copies what the new layout's tables lack, writes the layout
/// down, copies what came meanwhile. Broken off at any place and begun again, it goes on. Without
/// <paramref name="drops"/> it deletes nothing.
/// </summary>
/// <param name="pipeline">In the layout to go to.</param>
/// <param name="record">The layout that there is; null where the base table is missing.</param>
/// <param name="drops">Whether tables that the new layout does not have are deleted once their events are kept elsewhere.</param>
internal sealed class Migration(CommandPipeline pipeline, LayoutRecord? record, bool drops)
{
    private readonly TableReference _all = pipeline.Client.GetTableReference(pipeline.DatasetId, TableLayout.AllEventsOf(LayoutName.Both, pipeline.Layout.BaseTable)!.Value.Id);
    private readonly TableReference _base = pipeline.Client.GetTableReference(pipeline.DatasetId, pipeline.Layout.BaseTable);

    /// <summary>Migrates.</summary>
    /// <param name="isDry">Only counts.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="CommandException">There is no way, or BigQuery refuses.</exception>
    public async Task<MigratedRows> RunAsync(bool isDry, CancellationToken cancellationToken)
    {
        var hasAll = await IsThereAsync(_all, cancellationToken);
        if (record is null && !hasAll)
        {
            throw new CommandException($"There are no events of {pipeline.DatasetId}.{pipeline.Layout.BaseTable}: name what there is with --dataset and --base-table.");
        }

        if (pipeline.Layout.Name != LayoutName.Both && !hasAll)
        {
            throw new CommandException($"{pipeline.DatasetId} has no {_all.TableId}. Go to the layout both first: ./pixel migrate.");
        }

        return pipeline.Layout.Name switch
        {
            LayoutName.Both => await ToBothAsync(isDry, cancellationToken),
            LayoutName.Template => await ToTemplateAsync(isDry, cancellationToken),
            _ => await ToPartitionedAsync(isDry, cancellationToken),
        };
    }

    private async Task<MigratedRows> ToBothAsync(bool isDry, CancellationToken cancellationToken)
    {
        var isPartitioned = record?.Layout == LayoutName.Partitioned;
        if (!isDry)
        {
            await pipeline.EnsureAllEventsAsync(cancellationToken);
        }

        var fill = new AllEventsFill(pipeline);
        var rows = await fill.RunAsync(isPartitioned ? [_base] : await OwnTablesAsync(cancellationToken), isDry, cancellationToken);
        if (isDry || (isPartitioned && !drops))
        {
            return rows;
        }

        if (isPartitioned)
        {
            await FillOnceMoreAsync(fill, cancellationToken);
            await pipeline.RemakeBaseTableAsync(cancellationToken);
            await RenewViewsAsync(cancellationToken);
            return rows;
        }

        await (record is null ? pipeline.RemakeBaseTableAsync(cancellationToken) : pipeline.RecordLayoutAsync(cancellationToken));
        await RenewViewsAsync(cancellationToken);
        return rows.And(await fill.RunAsync(await OwnTablesAsync(cancellationToken), isDry: false, cancellationToken));
    }

    private async Task<MigratedRows> ToTemplateAsync(bool isDry, CancellationToken cancellationToken)
    {
        if (record?.Layout == LayoutName.Partitioned)
        {
            throw new CommandException("From partitioned the way to template is over both: ./pixel migrate, and then ./pixel migrate --to template.");
        }

        var rows = await FillOwnAsync(isDry, cancellationToken);
        if (!isDry)
        {
            await pipeline.RemakeBaseTableAsync(cancellationToken);
            await RenewViewsAsync(cancellationToken);
            var later = await FillOwnAsync(isDry: false, cancellationToken);
            await DropAsync([_all], later.Copied, cancellationToken);
            rows = rows.And(later);
        }

        return rows;
    }

    private async Task<MigratedRows> ToPartitionedAsync(bool isDry, CancellationToken cancellationToken)
    {
        var fill = new AllEventsFill(pipeline);
        if (isDry)
        {
            return await fill.RunAsync([_all], isDry, cancellationToken);
        }

        if (record is not null && record.Layout != LayoutName.Partitioned && await HasRowsAsync(_base, cancellationToken))
        {
            throw new CommandException($"{_base.DatasetId}.{_base.TableId} is a template and has rows of its own: move them elsewhere first, since it has to be made anew.");
        }

        var own = drops ? await OwnTablesAsync(cancellationToken) : [];
        await pipeline.RemakeBaseTableAsync(cancellationToken);
        var rows = await fill.RunAsync([_all], isDry: false, cancellationToken);
        await RenewViewsAsync(cancellationToken);
        var later = await fill.RunAsync([_all], isDry: false, cancellationToken);
        await DropAsync([.. own, _all], later.Copied, cancellationToken);
        return rows.And(later);
    }

    // A table may only go once nothing comes into it any more: a row between the last look and the end would be lost.
    private async Task FillOnceMoreAsync(AllEventsFill fill, CancellationToken cancellationToken)
    {
        if ((await fill.RunAsync([_base], isDry: false, cancellationToken)).Copied is > 0 and var copied)
        {
            throw StillWritten(copied);
        }
    }

    private async Task DropAsync(IReadOnlyList<TableReference> tables, long copiedLast, CancellationToken cancellationToken)
    {
        if (!drops)
        {
            return;
        }

        if (copiedLast > 0)
        {
            throw StillWritten(copiedLast);
        }

        foreach (var table in tables)
        {
            await pipeline.Client.DeleteTableAsync(table, cancellationToken: cancellationToken);
        }
    }

    private static CommandException StillWritten(long copied) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{copied:N0} events came while the others were copied, so nothing is deleted: stop what writes (./pixel up; in the cloud the trigger's subscription, which keeps the messages) and run the same again."));

    private async Task<MigratedRows> FillOwnAsync(bool isDry, CancellationToken cancellationToken)
    {
        var fill = new OwnTablesFill(pipeline, _all);
        var running = fill.RunAsync(isDry, cancellationToken);
        await WorkProgress.ShowAsync(running, () => string.Create(CultureInfo.InvariantCulture, $"{fill.Read:N0} rows read"));
        return new MigratedRows(fill.Read, await running, 0);
    }

    private async Task<IReadOnlyList<TableReference>> OwnTablesAsync(CancellationToken cancellationToken)
    {
        var tables = new List<TableReference>();
        await foreach (var table in pipeline.Inventory.ListAsync(cancellationToken))
        {
            if (!table.HoldsAllEvents && table.Reference.TableId != _base.TableId)
            {
                tables.Add(table.Reference);
            }
        }

        return tables;
    }

    private async Task RenewViewsAsync(CancellationToken cancellationToken) =>
        await new ViewSetup(pipeline.Client, pipeline.DatasetId, pipeline.Layout).TryEnsureAsync(cancellationToken);

    private async Task<bool> IsThereAsync(TableReference table, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.Client.GetTableAsync(table, cancellationToken: cancellationToken);
            return true;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> HasRowsAsync(TableReference table, CancellationToken cancellationToken)
    {
        var schema = (await pipeline.Client.GetTableAsync(table, cancellationToken: cancellationToken)).Schema;
        await foreach (var _ in pipeline.Client.ListRowsAsync(table, schema).WithCancellation(cancellationToken))
        {
            return true;
        }

        return false;
    }
}
