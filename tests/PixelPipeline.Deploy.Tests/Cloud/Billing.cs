using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>The billing account that pays for the project, and its budgets.</summary>
internal static class Billing
{
    public const string Account = "billingAccounts/0A0A0A-1B1B1B-2C2C2C";

    private const string Prefix = "budget/";

    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        if (words[1] == "projects")
        {
            return new Answer(0, Account + "\n");
        }

        Gcloud.RequireService(cloud, "budgets");
        switch (words[2])
        {
            case "list":
                RequireAccount(call);
                return Gcloud.List(cloud, call, Prefix);
            case "create":
                RequireAccount(call);
                Create(cloud, call);
                return Answer.Done;
            case "update":
                Update(cloud[Key(words[3])], call);
                return Answer.Done;
            case "delete":
                return Gcloud.Delete(cloud, Key(words[3]));
            default:
                throw Gcloud.Unknown(call);
        }
    }

    private static void RequireAccount(Call call)
    {
        if (call.Flag("billing-account") != Account)
        {
            throw new RefusedException("PERMISSION_DENIED: The caller does not have permission");
        }
    }

    private static string Key(string name) => Prefix + name[(Account + "/budgets/").Length..];

    private static void Create(CloudState cloud, Call call)
    {
        var id = cloud.NextSerial();
        var budget = new JsonObject
        {
            ["name"] = $"{Account}/budgets/{id}",
            ["displayName"] = call.Flag("display-name"),
            ["budgetFilter"] = new JsonObject { ["projects"] = new JsonArray(call.Flag("filter-projects")), ["calendarPeriod"] = call.Flag("calendar-period") },
            ["thresholdRules"] = new JsonArray([.. call.Words.Where(w => w.StartsWith("--threshold-rule=", StringComparison.Ordinal)).Select(w => (JsonNode)w["--threshold-rule=".Length..])]),
        };
        Update(budget, call);
        cloud.Make(Prefix + id, budget, "channels/" + call.Flag("notifications-rule-monitoring-notification-channels")!.Split('/')[^1]);
    }

    private static void Update(JsonObject budget, Call call)
    {
        budget["amount"] = new JsonObject { ["specifiedAmount"] = new JsonObject { ["units"] = call.Flag("budget-amount") } };
        budget["notificationsRule"] = new JsonObject { ["monitoringNotificationChannels"] = new JsonArray(call.Flag("notifications-rule-monitoring-notification-channels")) };
    }
}
