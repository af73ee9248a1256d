using System.Text.RegularExpressions;

namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public partial class SettingsTests
{
    private const string Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [TestCase("PROJECT=", "PROJECT is missing")]
    [TestCase("PROJECT=Acme Track", "PROJECT is wrong (Acme Track)")]
    [TestCase("PROJECT=my-project", "PROJECT is still the example's")]
    [TestCase("REGION=moon", "REGION is wrong")]
    [TestCase("STAGE=Dev", "STAGE is wrong")]
    [TestCase("STAGE=production", "STAGE is wrong")] // nine letters and more make names too long
    [TestCase("DOMAIN=https://track.example.com", "DOMAIN is wrong")]
    [TestCase("DOMAIN=localhost", "DOMAIN is wrong")]
    [TestCase("DATASET_LOCATION=", "DATASET_LOCATION is missing")]
    [TestCase("ALERT_EMAIL=ops", "ALERT_EMAIL is wrong")]
    [TestCase("REMOTE_IP=half", "REMOTE_IP is wrong")]
    [TestCase("COUNTRY_FILE=country.mmdb", "deploy/country.mmdb is not there")]
    [TestCase("COUNTRY_FILE=../country.mmdb", "COUNTRY_FILE is wrong")]
    [TestCase("VISITOR_SECRET=a b", "VISITOR_SECRET is wrong")]
    [TestCase("SIGNING_KEYS=a b", "SIGNING_KEYS is wrong")]
    [TestCase("SIGNING=require", "SIGNING_KEYS must name a secret")]
    [TestCase("LAYOUT=round", "LAYOUT is wrong")]
    [TestCase("MODE=straight", "MODE is wrong")]
    [TestCase("MODE=direct", "LAYOUT has to be partitioned")]
    [TestCase("TABLE=all", "all_ is how the table of all events begins")]
    [TestCase("TABLE=a-b", "TABLE is wrong")]
    [TestCase("TABLE=rejected_x", "TABLE is wrong")]
    [TestCase("TABLE=rejected", "TABLE is wrong")]
    [TestCase("TABLE=events", "TABLE is wrong (events): deploy/sql/template/events.sql makes events")]
    [TestCase("TABLE=rejections", "TABLE is wrong")]
    [TestCase("TABLE=daily_counts", "TABLE is wrong")]
    [TestCase("TABLE=user_activity", "TABLE is wrong")]
    [TestCase("TABLE=lake", "TABLE is wrong")]
    [TestCase("TABLE=user", "TABLE is wrong (user): the wildcard user_* would match user_activity")]
    [TestCase("TABLE=daily", "TABLE is wrong (daily): the wildcard daily_* would match daily_counts")]
    [TestCase("TABLE_SUFFIX=_{user}", "TABLE_SUFFIX is wrong")]
    [TestCase("TABLE_SUFFIX={user_id}", "TABLE_SUFFIX is wrong ({user_id}): an underscore, then")]
    [TestCase("TABLE_SUFFIX=_{user_id}{date:yyyyMMdd}", "TABLE_SUFFIX is wrong")]
    [TestCase("TABLE_SUFFIX=_{user_id}x{date:yyyyMMdd}", "TABLE_SUFFIX is wrong")]
    [TestCase("TABLE_SUFFIX=_{user_id}_{user_id}", "TABLE_SUFFIX is wrong")]
    [TestCase("TABLE_SUFFIX=_{user_id}_{date:yyMMdd}", "TABLE_SUFFIX is wrong")]
    [TestCase("COLLECT_ORIGINS=https://a.example.comhttps://b.example.com", "COLLECT_ORIGINS is wrong")]
    [TestCase("COLLECT_ORIGINS=https://a.example.com:", "COLLECT_ORIGINS is wrong")]
    [TestCase("COLLECT_ORIGINS=https://a.example.com:443", "leave out :443")]
    [TestCase("COLLECT_KEYS=a=" + Sha256 + "b=" + Sha256, "COLLECT_KEYS is wrong")]
    [TestCase("COLLECT_KEYS=a=" + Sha256 + ",a=" + Sha256, "each name once")]
    [TestCase("PIXEL_PATH=pixel.png", "PIXEL_PATH is wrong")]
    [TestCase("CDN=yes", "CDN is wrong")]
    [TestCase("MAX_INSTANCES=0", "MAX_INSTANCES is wrong (0)")]
    [TestCase("MAX_INSTANCES=08", "MAX_INSTANCES is wrong (08)")] // no octal numbers
    [TestCase("MIN_INSTANCES=11", "MIN_INSTANCES is wrong")] // more than MAX_INSTANCES
    [TestCase("CONCURRENCY=1", "CONCURRENCY is wrong")] // group commit would have no company
    [TestCase("MEMORY=lots", "MEMORY is wrong")]
    [TestCase("RAW_DAYS=-1", "RAW_DAYS is wrong")]
    [TestCase("LAKE=$(touch /tmp/pixel-owned)", "LAKE is wrong")]
    [TestCase("BUDGET=0", "BUDGET is wrong (0): a whole number from 1 to 999999999")]
    [TestCase("BUDGET=12.50", "BUDGET is wrong")]
    [TestCase("BUDGET=100 EUR", "BUDGET is wrong")]
    [TestCase("RATE_LIMIT=many", "RATE_LIMIT is wrong")]
    [TestCase("RATE_LIMIT=1000001", "RATE_LIMIT is wrong (1000001): a whole number from 1 to 1000000")]
    [TestCase("RATE_LIMIT=600", "COLLECT has to be on")]
    [TestCase("COLOUR=red", "is no setting")]
    [TestCase("echo hello", "is no setting")]
    public void Up_SettingMissingOrWrong_OneLineThatNamesItAndNothingTouched(string line, string expected)
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(line);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.All.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(outcome.Errors, Does.StartWith("deploy/settings.env: ").And.Contain(expected));
        Assert.That(deployment.Cloud.Calls, Is.Empty);
    }

    [TestCase("TABLE_SUFFIX=_{user_id}")]
    [TestCase("TABLE_SUFFIX=_day_{date:M_d_yyyy}_of_{user_id}x")]
    [TestCase("TABLE_SUFFIX=_all")]
    [TestCase("COLLECT_ORIGINS=https://a.example.com,https://b.example.com:8443")]
    [TestCase("COLLECT_KEYS=a=" + Sha256 + ",b=" + Sha256 + ",")]
    public void Up_SettingThatTheFunctionTakes_IsTaken(string line)
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(line);

        var outcome = deployment.Up("--dry-run");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
    }

    [Test]
    public void Suffix_DatesThatTheFunctionTakes_AreThoseOfTheCheck()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "PixelPipeline", "Tables", "DateFormat.cs"));
        var forms = DateForm().Matches(source).Select(m => m.Groups[1].Value).ToArray();

        Assert.That(forms, Has.Length.EqualTo(9));
        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "lib", "settings.sh")), Does.Contain($"({string.Join('|', forms)})"));
    }

    [Test]
    public void Up_PartitionedTableThatBeginsAView_IsTaken()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("TABLE=user", "LAYOUT=partitioned");

        Assert.That(deployment.Up("--dry-run").Code, Is.Zero);
    }

    [Test]
    public void Up_NoSettingsFile_SaysHowToMakeOne()
    {
        using var deployment = new Deployment();
        File.Delete(Path.Combine(deployment.Folder, "deploy", "settings.env"));

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors, Does.Contain("cp deploy/settings.example.env deploy/settings.env"));
    }

    [TestCase("up.sh", "--fast")]
    [TestCase("up.sh", "--only")]
    [TestCase("up.sh", "--only", "nothing_like_that")]
    [TestCase("down.sh", "--all")]
    [TestCase("status.sh", "--dry-run")]
    public void Script_UnknownOption_UsageAndExitCode2(string script, params string[] options)
    {
        using var deployment = new Deployment();

        var outcome = deployment.Run(script, options);

        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Errors, Does.Contain("usage: deploy/" + script));
        Assert.That(deployment.Cloud.Calls.Where(c => !c.Looks && c.Plain[0] != "projects"), Is.Empty);
    }

    [Test]
    public void Script_OtherSettingsFile_IsTaken()
    {
        using var deployment = new Deployment();
        var other = Path.Combine(deployment.Folder, "prod.env");
        File.Copy(Path.Combine(deployment.Folder, "deploy", "settings.env"), other);
        File.AppendAllText(other, "\nSTAGE=prod\r\n"); // a line end of Windows

        var outcome = deployment.Up("--settings", other);

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Has("function/pixel-prod"));
    }

    [GeneratedRegex("\"([yMd_]+)\"")]
    private static partial Regex DateForm();
}
