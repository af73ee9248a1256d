namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>What is made at the start.</summary>
/// <param name="DatasetId">The dataset of all tables.</param>
/// <param name="DatasetLocation">Where a new dataset is kept, such as <c>EU</c>.</param>
/// <param name="CreateTables">False where deployment makes them: what is missing is then an error.</param>
/// <param name="RejectedRetention">How long rejected entries are kept.</param>
public sealed record TableSetupOptions(string DatasetId, string DatasetLocation, bool CreateTables, TimeSpan RejectedRetention);
