using PixelPipeline.Events.Sources;
using PixelPipeline.Signing;
using PixelPipeline.Tables;

namespace PixelPipeline.Settings;

/// <summary>The settings that there are.</summary>
public static class PipelineSetting
{
    /// <summary>Stands in place of something that need not be there.</summary>
    public const string None = "none";

    /// <summary>The project of the dataset.</summary>
    public static readonly Setting<string> Project = SettingKinds.Text(
        "Project", null, "[a-z0-9.:-]{3,60}", "must be a Google Cloud project's id, here or as GOOGLE_CLOUD_PROJECT", "the project of the dataset");

    /// <summary>The dataset of all tables.</summary>
    public static readonly Setting<string> Dataset = SettingKinds.Text(
        "Dataset", "pixels", "[A-Za-z0-9_]{1,1024}", "may hold letters, digits and underscores only", "the dataset of all tables");

    /// <summary>Where a new dataset is kept.</summary>
    public static readonly Setting<string> DatasetLocation = SettingKinds.Text(
        "DatasetLocation", "US", "[A-Za-z0-9-]{2,40}", "is no BigQuery location such as US, EU or europe-west1", "where a new dataset is kept");

    /// <summary>The base table.</summary>
    public static readonly Setting<string> Table = SettingKinds.Text(
        "Table", "pixel", @"(?!(all|rejected)(_|\z))[A-Za-z0-9_]{1,200}", "may hold letters, digits and underscores only, at most 200, and begin with neither all_ nor rejected_",
        "the base table: template of the tables for each user and day, or the one event table");

    /// <summary>The pixel's path.</summary>
    public static readonly Setting<string> PixelPath = SettingKinds.Text(
        "PixelPath", "/pixel.png", """/[!"$->@-~]{0,1023}""", "must begin with / and hold no space, ? or #", "the pixel's path; requests for other paths are ignored");

    /// <summary>The schema and whitelist; relative to the function's own folder.</summary>
    public static readonly Setting<string> SchemaFile = SettingKinds.Text(
        "SchemaFile", "schema.json", ".+", "is empty", "columns and whitelist");

    /// <summary>Which table an event goes to.</summary>
    public static readonly Setting<LayoutName> Layout = SettingKinds.Choice(
        "Layout", LayoutName.Both, "`template`: a table for each user and day; `partitioned`: one table of all events; `both`: both, and all answers come from the one");

    /// <summary>How tables for each user and day are named. Whether it is a pattern shows only beside the schema.</summary>
    public static readonly Setting<string> TableSuffix = SettingKinds.Text(
        "TableSuffix", SuffixPattern.Default, ".+", "is empty", "how the tables for each user and day are named; `_{user_id}_{date:M_d_yyyy}` gives an older naming");

    /// <summary>Whether the dataset and the base tables are made where they are missing; false where deployment does.</summary>
    public static readonly Setting<bool> CreateTables = SettingKinds.Truth(
        "CreateTables", true, "make the dataset and base tables at the start if they are missing");

    /// <summary>Days that rejected entries are kept, where their table is made.</summary>
    public static readonly Setting<int> RejectedRetentionDays = SettingKinds.Number(
        "RejectedRetentionDays", 30, 1, 3_650, "days that rejected entries are kept");

    /// <summary>Days that events are kept. The base table says which holds; what is set to another goes before it, and is applied to the tables that there are.</summary>
    public static readonly Setting<int> EventsDays = SettingKinds.Number(
        "EventsDays", 0, 0, 3_650, "days that events are kept; 0 for no end");

    /// <summary>The most instances that can run: new tables are paced to the quota divided by it.</summary>
    public static readonly Setting<int> MaxInstances = SettingKinds.Number(
        "MaxInstances", 10, 1, 1_000, "the most instances that run; the quota of new tables is divided by it");

    /// <summary>New tables a second that all instances together may make.</summary>
    public static readonly Setting<int> NewTablesPerSecond = SettingKinds.Number(
        "NewTablesPerSecond", 10, 1, 10_000, "new tables a second, over all instances; BigQuery's quota");

    /// <summary>
    /// New tables a day (UTC) that all instances together may make; then rows of new users go to the overflow table.
    /// Approximate: each instance counts its share, this divided by <see cref="MaxInstances"/>, from its own start.
    /// </summary>
    public static readonly Setting<int> NewTablesPerDay = SettingKinds.Number(
        "NewTablesPerDay", 20_000, 0, 10_000_000,
        "new tables a day (UTC), over all instances, approximately: each counts its share since its own start; then new users' rows go to the day's overflow table");

    /// <summary>Rows that may wait in one instance; beyond it messages are refused, so that delivery backs off.</summary>
    public static readonly Setting<int> MaxWaitingRows = SettingKinds.Number(
        "MaxWaitingRows", 20_000, 1, 1_000_000, "rows that may wait in one instance; beyond it messages are refused and come again");

    /// <summary>What the days' keys for <c>visitor</c> are derived from; <see cref="None"/> for no visitors. Secret.</summary>
    public static readonly Setting<string> VisitorSecret = SettingKinds.Text(
        "VisitorSecret", None, "none|[!-~]{16,200}", "must be 16 to 200 characters without blanks, or none", "what the column `visitor` is made with; secret");

    /// <summary>How much of a client's address <c>remote_ip</c> holds.</summary>
    public static readonly Setting<AddressForm> RemoteIp = SettingKinds.Choice(
        "RemoteIp", AddressForm.Whole, "what the column `remote_ip` holds: the `whole` address or its `network`");

    /// <summary>Where the database of the countries is; relative to the function's own folder; <see cref="None"/> for no countries.</summary>
    public static readonly Setting<string> CountryFile = SettingKinds.Text(
        "CountryFile", None, ".+", "is empty", "a database file in MaxMind's format for the column `country`");

    /// <summary>What signatures of hits are good for.</summary>
    public static readonly Setting<SigningMode> Signing = SettingKinds.Choice(
        "Signing", SigningMode.Off, "whether hits are signed: `off`, `observe` (told in the column `signature`) or `require` (all others are rejected)");

    /// <summary>The keys of signatures; <see cref="None"/> for none. Secret.</summary>
    public static readonly Setting<string> SigningKeys = SettingKinds.Text(
        "SigningKeys", None, $"none|{SigningKey.ListPattern}", "must be one to four keys as id:secret with commas between, each secret 16 to 200 characters without blanks, commas and colons, or none",
        "what hits are signed with: `id:secret`, more than one while keys change; secret");

    /// <summary>The attributes that a signature is for.</summary>
    public static readonly Setting<string> SignedAttributes = SettingKinds.Text(
        "SignedAttributes", "user_id,type,order_id", "[A-Za-z_][A-Za-z0-9_]*(,[A-Za-z_][A-Za-z0-9_]*)*", "must be names of columns with commas between",
        "the attributes that a signature is for; others may be added by whoever sends the hit");

    /// <summary>All of them, in the order of the README's table.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Project, Dataset, DatasetLocation, Table, PixelPath, SchemaFile, Layout, TableSuffix, CreateTables,
        RejectedRetentionDays, EventsDays, MaxInstances, NewTablesPerSecond, NewTablesPerDay, MaxWaitingRows, VisitorSecret, RemoteIp, CountryFile,
        Signing, SigningKeys, SignedAttributes,
    ];
}
