using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

/// <summary>A row on its way through a group commit, and the fate that it must have.</summary>
internal sealed class ModelRow(EventRow row, TableName table, bool isPoisoned)
{
    public EventRow Row { get; } = row;

    public TableName Table { get; } = table;

    public bool IsPoisoned { get; } = isPoisoned;

    public CancellationTokenSource Delivery { get; } = new();

    public TableName? Admitted { get; private set; }

    public bool IsUnderWay { get; set; }

    /// <summary>Known as soon as the test brought it about.</summary>
    public string? Fate { get; set; }

    public Task<(RowFate Fate, TableName Table)> Write { get; set; } = null!;

    public bool IsWaiting => Admitted is not null && !IsUnderWay && Fate is null;

    public TableName AdmittedTo(TableName table)
    {
        Admitted = table;
        return table;
    }

    /// <summary>Waits for the fate that the row was told and compares it with the one that it must have.</summary>
    public async Task CheckFateAsync()
    {
        string told;
        try
        {
            var (fate, table) = await Write.WaitAsync(TimeSpan.FromSeconds(60));
            told = fate.IsCommitted ? "committed" : "invalid";
            Assert.That(table, Is.EqualTo(Admitted), "the fate is of the table that the row went to");
        }
        catch (RowNotCommittedException e)
        {
            told = e.InnerException is null ? "refused" : "failed";
        }
        catch (OperationCanceledException)
        {
            told = "cancelled";
        }

        Assert.That(told, Is.EqualTo(Fate));
    }
}
