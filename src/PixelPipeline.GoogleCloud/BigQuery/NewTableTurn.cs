namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Whether a new table may be made.</summary>
internal enum NewTableTurn
{
    /// <summary>Yes, after a pause of at most <see cref="NewTablePacer.MaxWait"/>.</summary>
    Granted,

    /// <summary>Not soon: the quota is taken for longer than a message waits.</summary>
    Busy,

    /// <summary>Not today: the day's budget is spent.</summary>
    BudgetSpent,
}
