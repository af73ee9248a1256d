using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>Who has which role on a thing.</summary>
internal static class Grants
{
    public const string ProjectNumber = "123456789012";

    public static Answer Show(CloudState cloud, string key) =>
        new(0, string.Concat(Of(cloud[key]).Select(g => g!.ToString() + "\n")));

    public static Answer Add(CloudState cloud, string key, string role, string member)
    {
        RequireMember(cloud, member);
        var grant = $"{role}\t{member}";
        var thing = cloud[key];
        var grants = Of(thing);
        if (grants.All(g => (string?)g != grant))
        {
            thing["grants"] = new JsonArray([.. grants.Select(g => g!.ToString()).Append(grant).Order(StringComparer.Ordinal).Select(g => (JsonNode)g)]);
            cloud.Made.Add($"grant {grant} on {key}");
        }

        return Answer.Done;
    }

    public static Answer Remove(CloudState cloud, string key, string role, string member)
    {
        var grants = Of(cloud[key]);
        var grant = grants.FirstOrDefault(g => (string?)g == $"{role}\t{member}");
        return grant is not null && grants.Remove(grant) ? Answer.Done : throw new RefusedException("NOT_FOUND: no such grant");
    }

    public static bool Has(CloudState cloud, string key, string role, string member) =>
        Of(cloud[key]).Any(g => (string?)g == $"{role}\t{member}");

    private static JsonArray Of(JsonObject thing)
    {
        if (thing["grants"] is not JsonArray grants)
        {
            thing["grants"] = grants = [];
        }

        return grants;
    }

    private static void RequireMember(CloudState cloud, string member)
    {
        var known = member switch
        {
            "allUsers" => true,
            $"serviceAccount:service-{ProjectNumber}@gcp-sa-logging.iam.gserviceaccount.com" => true,
            $"serviceAccount:service-{ProjectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com" => cloud.Has("agent/pubsub"),
            $"serviceAccount:service-{ProjectNumber}@gcp-sa-iap.iam.gserviceaccount.com" => cloud.Has("agent/iap"),
            $"serviceAccount:service-{ProjectNumber}@gs-project-accounts.iam.gserviceaccount.com" => cloud.Has("service/storage"),
            _ when member.StartsWith("user:", StringComparison.Ordinal) || member.StartsWith("group:", StringComparison.Ordinal) => true,
            _ => member.StartsWith("serviceAccount:", StringComparison.Ordinal)
                && cloud.Has("account/" + member["serviceAccount:".Length..]),
        };
        if (!known)
        {
            throw new RefusedException($"INVALID_ARGUMENT: no member {member}");
        }
    }
}
